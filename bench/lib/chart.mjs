// The times as bars, a group for each question, the longest bar of a group as long as those of all others.
import { median } from './verdict.mjs';
import { digits, titleOf } from './report.mjs';

const WIDTH = 900;
const NAMES = 360;
const BARS = 430;
const LINE = 18;
const COLOURS = { postgres: '#8a94a6', duckdb: '#c9a227', clickhouse: '#b5533c', pgbench: '#8a94a6' };
const OURS = '#1f6f8b';

function escaped(text) {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// The first contender of a question is of this extension, and so are the others of its name.
function colourOf(question, contender) {
	return contender.engine === question.contenders[0].engine && contender.ours ? OURS : COLOURS[contender.engine];
}

function bar(question, contender, longest, y) {
	const ms = median(contender.times);
	const length = Math.max(1, (ms / longest) * BARS).toFixed(1);
	const label = escaped(`${titleOf(contender)} (${contender.label})`);
	return `<text x="${NAMES - 8}" y="${y + 13}" text-anchor="end">${label}</text>` +
		`<rect x="${NAMES}" y="${y + 3}" width="${length}" height="${LINE - 5}" fill="${colourOf(question, contender)}"/>` +
		`<text x="${NAMES + Number(length) + 6}" y="${y + 13}">${digits(ms)} ms</text>`;
}

function group(question, top) {
	const longest = Math.max(...question.contenders.map((contender) => median(contender.times)));
	const bars = question.contenders.map((contender, i) => bar(question, contender, longest, top + 26 + i * LINE));
	return { svg: `<text x="8" y="${top + 18}" font-weight="bold">${escaped(question.asks)}</text>\n${bars.join('\n')}`,
		bottom: top + 26 + question.contenders.length * LINE + 8 };
}

export function chart(questions, caption) {
	let y = 36;
	const groups = [];
	for (const question of questions) {
		const { svg, bottom } = group(question, y);
		groups.push(svg);
		y = bottom;
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 8}" viewBox="0 0 ${WIDTH} ${y + 8}" ` +
		`font-family="sans-serif" font-size="12" role="img">\n<title>${escaped(caption)}</title>\n` +
		`<rect width="100%" height="100%" fill="#ffffff"/>\n<text x="8" y="22" font-size="14">${escaped(caption)}</text>\n` +
		`${groups.join('\n')}\n</svg>\n`;
}

// The result as text: Markdown for a document and for the terminal alike.
import { judge, median } from './verdict.mjs';

export function digits(number) {
	if (number === null || number === undefined || Number.isNaN(number)) {
		return '-';
	}
	if (number >= 100) {
		return Math.round(number).toLocaleString('en-US');
	}
	return number.toFixed(number >= 10 ? 1 : number >= 0.1 ? 2 : 3);
}

function row(cells) {
	return `| ${cells.join(' | ')} |`;
}

function table(head, rows) {
	return [row(head), row(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');
}

// Names of SQL may hold a bar.
function name(text) {
	return text.replaceAll('|', '\\|');
}

function engineOf(contender) {
	const names = { duckdb: 'DuckDB', clickhouse: 'ClickHouse', pgbench: '', postgres: '' };
	return names[contender.engine];
}

function settingsOf(contender) {
	const threads = contender.label === '1' ? '1 thread' : `${contender.label} threads`;
	return engineOf(contender) ? threads : contender.label;
}

export function titleOf(contender) {
	return [engineOf(contender), contender.name].filter(Boolean).join(': ');
}

function line(contender, first, memory) {
	const cells = [name(titleOf(contender)), settingsOf(contender), digits(median(contender.times)),
		`${digits(Math.min(...contender.times))}–${digits(Math.max(...contender.times))}`,
		digits(median(contender.times.map((ms, round) => ms / first.times[round])))];
	return memory ? [...cells, digits(contender.megabytes)] : cells;
}

export function questionText(question) {
	const compared = question.contenders.filter((contender) => contender.compared).length;
	const agree = question.wrong.length > 0 ? `**They differ:** ${question.wrong.join('; ')}` :
		compared > 1 ? `The ${compared} contenders whose answers are comparable give the same answer.` : '';
	const rows = question.contenders.map((contender) => line(contender, question.contenders[0], question.memory));
	const head = ['', 'settings', 'median ms', 'least–most', '× first row', ...(question.memory ? ['memory, MB'] : [])];
	return [`### ${question.asks}`, table(head, rows), agree, ...question.notes]
		.filter(Boolean).join('\n\n');
}

function limitOf(target) {
	const per = (side) => (side.per > 1 ? ` for each of ${side.per.toLocaleString('en-US')}` : '');
	const other = target.b && `${digits(target.limit)} × ${target.b.id}${per(target.b)}`;
	const limits = { memory: `memory ≤ ${target.limit} MB`, ms: `≤ ${target.limit} ms`, time: `≤ ${other}`, speed: `speed ≥ ${other}` };
	return `${name(target.a.id)}${per(target.a)} ${name(limits[target.kind])}`;
}

function verdictLine(question, target) {
	const found = judge(question, target);
	if (!found) {
		return [target.work, limitOf(target), '-', 'not measured'];
	}
	const unit = { memory: ' MB', ms: ' ms' }[target.kind] ?? '';
	const spread = found.low === found.high ? '' : ` (${digits(found.low)}–${digits(found.high)})`;
	return [target.work, limitOf(target), `${digits(found.value)}${unit}${spread}`, found.met ? 'met' : '**missed**'];
}

// A line for each target of all questions, with the middle half of the rounds beside the median.
export function verdicts(questions) {
	const rows = questions.flatMap((question) => question.targets.map((target) => verdictLine(question, target)));
	return table(['work', 'target', 'measured', 'verdict'], rows);
}

export function machineText(facts) {
	return facts.map(([what, value]) => `- ${what}: ${value}`).join('\n');
}

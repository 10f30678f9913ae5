// Draws the pictures of a directory in headless Chromium and looks at them as a reader would: is every text inside the
// picture and its own card, do no two cells overlap, do colours stand out, does a hostile label stay a text, does Mermaid
// show all tasks; and at pages of HTML.
//
// node check.mjs DIRECTORY CHROMIUM [SCREENSHOTS]   with playwright-core and mermaid in DIRECTORY/node_modules
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { faults, inspectContrast } from './contrast.mjs';
import { checkReports } from './report.mjs';

const [directory, executablePath, screenshots] = process.argv.slice(2);
const modules = path.join(directory, 'node_modules');
const { chromium } = await import(pathToFileURL(path.join(modules, 'playwright-core/index.mjs')));

let failed = false;

function report(what, complaints) {
	console.log(`${complaints.length === 0 ? 'ok' : 'not ok'} - browser: ${what}`);
	complaints.slice(0, 20).forEach((complaint) => console.log(`    ${complaint}`));
	failed ||= complaints.length > 0;
}

// Runs in the page. A pixel of difference is rounding.
function inspectPicture(labels) {
	const complaints = [];
	const box = (element) => element.getBoundingClientRect();
	const svg = document.querySelector('svg');
	const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
	const overlap = (a, b, slack) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - slack && b.top < a.bottom - slack;
	const cells = [...svg.querySelectorAll('[data-part]')];
	const frames = cells.map((cell) => box(cell.querySelector('rect, path')));
	const texts = [...svg.querySelectorAll('text')];
	const boxes = texts.map(box);

	texts.forEach((text, i) => {
		if (boxes[i].width === 0) complaints.push(`invisible: ${text.textContent}`);
		if (!inside(boxes[i], box(svg))) complaints.push(`outside the picture: ${text.textContent}`);
		const cell = text.closest('[data-part]');
		// the tip of an arrow is no place for a text, so the rectangle of its frame is a little more than there is
		if (cell && !inside(boxes[i], frames[cells.indexOf(cell)])) complaints.push(`outside its cell: ${text.textContent}`);
		// letters of another font may be taller than their line
		for (let j = 0; j < i; j++)
			if (overlap(boxes[i], boxes[j], boxes[i].height / 4)) complaints.push(`overlap: ${texts[j].textContent} | ${text.textContent}`);
	});
	cells.forEach((cell, i) => {
		for (let j = 0; j < i; j++)
			if (cell.dataset.part === 'card' && cells[j].dataset.part === 'card' && overlap(frames[i], frames[j], 1))
				complaints.push(`cells overlap: ${cells[j].textContent} | ${cell.textContent}`);
	});
	const titles = [...svg.querySelectorAll('[data-part=card] > title')].map((title) => title.textContent);
	if (JSON.stringify(titles.toSorted()) !== JSON.stringify(labels.toSorted())) complaints.push(`cards: ${JSON.stringify(titles)}`);
	if (document.querySelectorAll('script, img, b, a, foreignObject, style').length > 0) complaints.push('there are elements that nobody drew');
	if (window.hacked !== undefined) complaints.push('a script ran');
	return complaints;
}

async function checkPicture(page, name) {
	const file = path.join(directory, `${name}.svg`);
	const svg = fs.readFileSync(file, 'utf8');
	const labels = JSON.parse(fs.readFileSync(path.join(directory, `${name}.json`), 'utf8'));

	await page.setContent(`<!DOCTYPE html><body style="margin:0">${svg}`);
	const complaints = await page.evaluate(inspectPicture, labels);
	// and in the widest of the usual fonts
	await page.evaluate(() => document.querySelector('svg').setAttribute('font-family', 'DejaVu Sans'));
	complaints.push(...(await page.evaluate(inspectPicture, labels)).map((complaint) => `in DejaVu Sans: ${complaint}`));
	await page.setContent(`<!DOCTYPE html><body style="margin:0">${svg}`);
	if (screenshots) await page.locator('svg').screenshot({ path: path.join(screenshots, `${name}.png`) });
	complaints.push(...(await page.evaluate(inspectContrast)));
	// on its own it is read as XML, which forgives nothing
	await page.goto(pathToFileURL(file).href);
	const root = await page.evaluate(() => `${document.documentElement.tagName} ${document.querySelectorAll('parsererror, script').length} ${typeof window.hacked}`);
	if (root !== 'svg 0 undefined') complaints.push(`as a document of its own: ${root}`);
	await page.goto('about:blank');
	report(`the picture ${name}`, complaints);
}

// A check that cannot fail proves nothing.
async function checkTheChecker(page) {
	const cell = (x, y, text) => `<g data-part="card"><title>${text}</title><rect x="${x}" y="${y}" width="100" height="40"/><text x="${x + 5}" y="${y + 20}">${text}</text></g>`;
	const picture = (content) => `<!DOCTYPE html><svg xmlns="http://www.w3.org/2000/svg" width="300" height="100">${content}</svg>`;
	const samples = [
		['nothing in a right picture', picture(cell(0, 0, 'a') + cell(150, 0, 'b')), ['a', 'b'], /^$/],
		['a text outside its cell', picture(cell(0, 0, 'long words in it')), ['long words in it'], /outside its cell/],
		['a text outside the picture', picture('<text x="290" y="50">word</text>'), [], /outside the picture/],
		['texts that overlap', picture('<text x="10" y="50">word</text><text x="20" y="52">word</text>'), [], /overlap/],
		['cells that overlap', picture(cell(0, 0, 'a') + cell(90, 0, 'b')), ['a', 'b'], /cells overlap/],
		['a card that is missing', picture(cell(0, 0, 'a')), ['a', 'b'], /cards/],
		['a script', picture(cell(0, 0, 'a') + '<script>window.hacked = 1</script>'), ['a'], /elements that nobody drew.*a script ran/s],
	];
	for (const [what, html, labels, expected] of samples) {
		await page.setContent(html);
		const found = (await page.evaluate(inspectPicture, labels)).join('\n');
		report(`the checker finds ${what}`, expected.test(found) ? [] : [`found: ${found}`]);
	}
	for (const [what, content, expected] of faults) {
		await page.setContent(picture(content));
		const found = (await page.evaluate(inspectContrast)).join('\n');
		report(`the checker of colours finds ${what}`, expected.test(found) ? [] : [`found: ${found}`]);
	}
	await page.goto('about:blank');
}

// Runs in a page that has mermaid: the texts of the tasks that it shows, as a reader sees them.
async function renderDiagram(text) {
	await mermaid.parse(text);
	const { svg } = await mermaid.render('diagram', text);
	document.body.innerHTML = svg;
	const tasks = [...document.querySelectorAll('foreignObject')].map((o) => o.textContent.trim()).filter((label) => label !== '');
	return { all: document.body.textContent, tasks, hacked: typeof window.hacked, scripts: document.querySelectorAll('script, img').length };
}

async function checkDiagram(page, name) {
	const text = fs.readFileSync(path.join(directory, `${name}.mmd`), 'utf8');
	const labels = JSON.parse(fs.readFileSync(path.join(directory, `${name}.json`), 'utf8'));
	const complaints = [];

	try {
		await page.setContent('<!DOCTYPE html><body>');
		await page.addScriptTag({ path: path.join(modules, 'mermaid/dist/mermaid.min.js') });
		await page.evaluate(() => document.querySelectorAll('script').forEach((script) => script.remove()));
		const seen = await page.evaluate(renderDiagram, text);
		const tasks = seen.tasks.map((task) => task.replace(/ (⚠|\((few answers|mało odpowiedzi)\))$/, ''));
		labels.filter((label) => !tasks.includes(label)).forEach((label) => complaints.push(`no task: ${label}`));
		if (seen.hacked !== 'undefined' || seen.scripts > 0) complaints.push('a script or an image came in');
		if (screenshots) await page.locator('svg').first().screenshot({ path: path.join(screenshots, `${name}-mermaid.png`) });
		if (complaints.length > 0) complaints.push(`shown: ${JSON.stringify(seen.tasks)}`);
	} catch (error) {
		complaints.push(String(error).slice(0, 500));
	}
	report(`the diagram ${name}`, complaints);
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1900, height: 1200 } });
page.on('dialog', (dialog) => {
	report('no dialog opens', [dialog.message()]);
	dialog.dismiss();
});
const names = fs.readdirSync(directory).filter((file) => file.endsWith('.svg')).map((file) => path.basename(file, '.svg')).sort();
if (names.length === 0) report('there are pictures', ['none']);
await checkTheChecker(page);
for (const name of names) {
	await checkPicture(page, name);
	if (fs.existsSync(path.join(directory, `${name}.mmd`))) await checkDiagram(page, name);
}
await checkReports(page, directory, screenshots, report);
await browser.close();
process.exit(failed ? 1 : 0);

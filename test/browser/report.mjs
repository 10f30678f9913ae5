// Pages of journey_map_report on a screen, on a phone and on paper.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const PHONE = { width: 360, height: 740 };
const SCREEN = { width: 1440, height: 900 };

// Runs in the page: what holds everywhere. Texts of a picture lie in it and apart, nothing comes from outside, no script.
export function inspectPage() {
	const complaints = [];
	const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	const luminance = (color) => color.match(/[\d.]+/g).slice(0, 3).map((v) => linear(v / 255)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const ground = (element) => {
		const color = getComputedStyle(element).backgroundColor;
		return !/, 0\)$/.test(color) ? color : element.parentElement ? ground(element.parentElement) : 'rgb(255, 255, 255)';
	};

	for (const picture of document.querySelectorAll('svg')) {
		const frame = picture.getBoundingClientRect();
		if (frame.width === 0) continue;
		const boxes = [...picture.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
		boxes.forEach(([text, a], i) => {
			if (a.width === 0 || a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1) complaints.push(`outside its picture: ${text}`);
			boxes.slice(0, i).forEach(([other, b]) => {
				if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - a.height / 4 && b.top < a.bottom - a.height / 4) complaints.push(`overlap: ${other} | ${text}`);
			});
		});
		// letters of a picture are as large as it is drawn
		const scale = frame.width / picture.viewBox.baseVal.width;
		const least = Math.min(...[...picture.querySelectorAll('text')].map((text) => scale * parseFloat(getComputedStyle(text).fontSize)));
		if (least < 8.5) complaints.push(`letters of ${least.toFixed(1)} pixels in a picture`);
	}
	for (const element of document.body.querySelectorAll('*:not(svg, svg *)')) {
		const style = getComputedStyle(element);
		if (![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '') || element.getBoundingClientRect().width === 0) continue;
		const [low, high] = [luminance(style.color), luminance(ground(element))].toSorted((a, b) => a - b);
		if ((high + 0.05) / (low + 0.05) < 4.5) complaints.push(`text of ${((high + 0.05) / (low + 0.05)).toFixed(2)}: ${element.textContent}`);
		if (parseFloat(style.fontSize) < 12) complaints.push(`letters of ${style.fontSize}: ${element.textContent}`);
	}
	if (document.querySelectorAll('script, link, img, iframe, object, embed, form, foreignObject, b, a').length > 0) complaints.push('there are elements that nobody wrote');
	if ([...document.querySelectorAll('*')].some((element) => [...element.attributes].some((a) => /^on|^(src|href)$/.test(a.name)))) complaints.push('it needs something from outside, or runs something');
	if (window.hacked !== undefined) complaints.push('a script ran');
	// a picture may be wider than a phone, in a frame of its own
	if (document.documentElement.scrollWidth > document.documentElement.clientWidth) complaints.push(`it is ${document.documentElement.scrollWidth} wide, the screen ${document.documentElement.clientWidth}`);
	for (const element of document.body.querySelectorAll('*:not(figure *)')) if (element.getBoundingClientRect().right > innerWidth + 1) complaints.push(`wider than the screen: ${element.tagName} ${element.textContent.slice(0, 40)}`);
	return complaints;
}

// Runs in the page: the map is there once, as a picture or as a list.
export function inspectMap(isPhone) {
	const shown = (selector) => document.querySelector(selector)?.getBoundingClientRect().width > 0;
	return [
		...(shown('.map figure') === isPhone ? [isPhone ? 'the picture of the map is on a phone' : 'there is no picture of the map'] : []),
		...(shown('.map .list') !== isPhone ? [isPhone ? 'there is no list of touchpoints' : 'the list of touchpoints is on a screen'] : []),
	];
}

// Runs in the page: puts a mark at both ends of what must not be cut on paper; what they are of, in their order.
function markEnds() {
	const kept = [...document.querySelectorAll('.card, tr, li, figure svg')].map((element) => [element, element]);
	for (const heading of document.querySelectorAll('section > h2')) kept.push([heading, heading.nextElementSibling]);
	const mark = (element, name, isEnd) => {
		if (element.tagName === 'svg') {
			const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
			const { x, y, height } = element.viewBox.baseVal;
			text.setAttribute('x', x + 2);
			text.setAttribute('y', isEnd ? y + height - 2 : y + 8);
			text.setAttribute('font-size', 8);
			text.textContent = name;
			element.append(text);
			return;
		}
		const at = element.querySelector(':scope > th, :scope > td') ?? element;
		const span = document.createElement('span');
		at.style.position = 'relative';
		span.style.cssText = `position:absolute;left:0;${isEnd ? 'bottom' : 'top'}:0;font-size:4px;line-height:1;white-space:nowrap`;
		span.textContent = name;
		if (['FIGURE', 'UL', 'TABLE'].includes(at.tagName)) at.parentElement.insertBefore(span, at).style.cssText = 'position:absolute;font-size:4px';
		else at.append(span);
	};
	return kept
		.filter(([first]) => first.getBoundingClientRect().width > 0)
		.map(([first, last], i) => {
			mark(first, `Q${i}a`, false);
			mark(last, `Q${i}z`, first === last);
			return (first === last ? '' : 'heading and ') + `${last.tagName} ${last.textContent.slice(0, 40)}`;
		});
}

// What is cut in two on paper: what has its ends on different pages.
async function cutOnPaper(page, directory) {
	const file = path.join(directory, 'paper.pdf');
	await page.emulateMedia({ media: 'print' });
	const kept = await page.evaluate(markEnds);
	const hidden = await page.evaluate(() => document.querySelector('.large .list')?.getBoundingClientRect().width === 0);
	await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
	await page.emulateMedia({ media: 'screen' });
	const pages = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f');
	const pageOf = (name) => pages.findIndex((text) => new RegExp(`${name}(?![0-9a-z])`).test(text));
	const complaints = kept.flatMap((what, i) => {
		const [first, last] = [pageOf(`Q${i}a`), pageOf(`Q${i}z`)];
		return first === -1 || last === -1 ? [`not on paper: ${what}`] : first !== last ? [`cut after page ${first + 1}: ${what}`] : [];
	});
	if (kept.length === 0) complaints.push('nothing was looked at');
	if (hidden) complaints.push('the letters of the map are too small, and there is no list of touchpoints');
	return complaints;
}

const FAULTS = [
	['a page that is wider than the screen', '<p style="width:2000px">x</p>', /it is 20\d\d wide/],
	['a text that is too pale', '<p style="color:#8a96a4">pale</p>', /text of 3\.0\d: pale/],
	['letters that are too small', '<p style="font-size:9px">small</p>', /letters of 9px/],
	['a picture that is too small to read', '<svg width="100" viewBox="0 0 1000 100"><text x="10" y="50" font-size="14">word</text></svg>', /letters of 1\.4 pixels/],
	['a script', '<script>window.hacked = 1</script>', /elements that nobody wrote.*a script ran/s],
	['an event', '<p onclick="x">x</p>', /runs something/],
	['nothing in a plain page', '<p>plain</p>', /^$/],
];

async function checkTheChecker(page, directory, report) {
	await page.setViewportSize(SCREEN);
	for (const [what, html, expected] of FAULTS) {
		await page.goto('about:blank');
		await page.setContent(`<!DOCTYPE html><body>${html}`);
		const found = (await page.evaluate(inspectPage)).join('\n');
		report(`the checker of pages finds ${what}`, expected.test(found) ? [] : [`found: ${found}`]);
	}
	for (const [style, expected] of [['auto', /^cut after page 1: DIV/], ['avoid', /^$/]]) {
		const card = `<div class="card" style="height:60vh;break-inside:${style}">card</div>`;
		await page.setContent(`<!DOCTYPE html><style>@page{size:A4}</style><body>${card.replaceAll('60vh', '700px').repeat(3)}`);
		const found = (await cutOnPaper(page, directory)).join('\n');
		report(`the checker of paper finds ${style === 'auto' ? 'a card that is cut' : 'nothing in cards that are not'}`, expected.test(found) ? [] : [`found: ${found}`]);
	}
}

export async function checkReports(page, directory, screenshots, report) {
	await checkTheChecker(page, directory, report);
	const names = fs.readdirSync(directory).filter((file) => file.endsWith('.html')).sort();
	if (names.length < 4) report('there are reports', [`${names.length}`]);
	for (const name of names) {
		const address = `file://${path.join(directory, name)}`;
		for (const [what, size] of [['screen', SCREEN], ['phone', PHONE]]) {
			await page.setViewportSize(size);
			await page.goto(address);
			if (screenshots) await page.screenshot({ path: path.join(screenshots, `${name}-${what}.png`), fullPage: true });
			report(`${name} on a ${what}`, [...(await page.evaluate(inspectPage)), ...(await page.evaluate(inspectMap, what === 'phone'))]);
		}
		report(`${name} on paper`, await cutOnPaper(page, directory));
		if (screenshots) fs.copyFileSync(path.join(directory, 'paper.pdf'), path.join(screenshots, `${name}.pdf`));
	}
}

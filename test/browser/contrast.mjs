// Are the colours of a picture told apart, by eyes that see less than others? Runs in a page with one picture:
//
// - a text has a contrast of 4.5 or more with what it stands on (WCAG 2.1, 1.4.3; of large letters, too)
// - a shape that says something has one of 3 or more with what lies below it, by its fill or by its edge (1.4.11)
// - what a legend names, but the shades of cells, differs by 20 or more in CIE L*a*b* (1976), where 2.3 is just noticeable, for normal eyes and for
//   those without red or without green cones, by the matrices of Machado, Oliveira and Fernandes 2009 (IEEE Transactions on
//   Visualization and Computer Graphics 15:1291), of full severity; between marks of different form 12 will do
//
// What lies below a point is computed from all shapes drawn before, with their opacity. Grounds are what marks stand on or
// between, and nobody reads: white, panels, tracks, lines of a grid, and light cells, whose number stands in them.
export function inspectContrast() {
	const GROUNDS = ['#ffffff', '#f6f8fa', '#d5dbe3', '#e9edf1', '#fdf1f0'];
	const SHADES = ['#f1f5f9', '#d3deea', '#b1c6da', '#8dabc7'];
	const EYES = {
		normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
		'no red': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
		'no green': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
	};
	const complaints = new Set();
	const svg = document.querySelector('svg');
	const shapes = [...svg.querySelectorAll('rect, path, circle, line, ellipse, polygon')];

	// A colour is [red, green, blue, opacity], each 0..1.
	const parse = (text) => {
		const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
		return [r / 255, g / 255, b / 255, a];
	};
	const hex = (c) => `#${c.slice(0, 3).map((v) => Math.round(v * 255).toString(16).padStart(2, '0')).join('')}`;
	const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
	const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	const luminance = (c) => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
	const contrast = (a, b) => {
		const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
		return (high + 0.05) / (low + 0.05);
	};
	const lab = (c, eyes) => {
		const light = c.slice(0, 3).map(linear);
		const [r, g, b] = eyes.map((row) => Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])));
		const xyz = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883];
		const [x, y, z] = xyz.map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
		return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
	};
	const distance = (a, b, eyes) => Math.hypot(...lab(a, eyes).map((v, i) => v - lab(b, eyes)[i]));

	// The colour that an attribute of an element paints; null for none.
	const paint = (element, what) => {
		const style = getComputedStyle(element);
		if (style[what] === 'none' || (what === 'stroke' && parseFloat(style.strokeWidth) === 0)) return null;
		const color = parse(style[what]);
		for (let e = element; e !== svg; e = e.parentNode) color[3] *= Number(getComputedStyle(e).opacity);
		color[3] *= Number(style[`${what}Opacity`]);
		return color;
	};
	const drawn = shapes.map((shape) => {
		const box = shape.getBoundingClientRect();
		const wide = parseFloat(getComputedStyle(shape).strokeWidth);
		return { shape, box, fill: paint(shape, 'fill'), stroke: paint(shape, 'stroke'), wide, matrix: shape.getScreenCTM().inverse() };
	});
	// Only a wide line, such as the edge around another one, is something to stand on.
	const isGround = (d, point, what) => {
		const reach = what === 'fill' ? 0 : d.wide;
		if (!d[what] || (what === 'stroke' && d.wide < 4)) return false;
		if (point.x < d.box.left - reach || point.x > d.box.right + reach || point.y < d.box.top - reach || point.y > d.box.bottom + reach) return false;
		const there = new DOMPoint(point.x, point.y).matrixTransform(d.matrix);
		return what === 'fill' ? d.shape.isPointInFill(there) : d.shape.isPointInStroke(there);
	};
	// What is seen at a point below all but the first so many shapes.
	const below = (count, point) => {
		let color = [1, 1, 1, 1];
		for (let i = 0; i < count; i++)
			for (const what of ['fill', 'stroke']) if (isGround(drawn[i], point, what)) color = over(drawn[i][what], color);
		return color;
	};

	const inOrder = [...svg.querySelectorAll('rect, path, circle, line, ellipse, polygon, text')];
	let before = 0;
	for (const text of inOrder) {
		if (text.tagName !== 'text') {
			before++;
			continue;
		}
		const box = text.getBoundingClientRect();
		const style = getComputedStyle(text);
		const halo = style.paintOrder.startsWith('stroke') && paint(text, 'stroke');
		for (const part of [0.1, 0.5, 0.9]) {
			const point = { x: box.left + box.width * part, y: box.top + box.height / 2 };
			const ground = halo ? halo : below(before, point);
			const ratio = contrast(over(paint(text, 'fill'), ground), ground);
			if (ratio < 4.5) complaints.add(`text of ${ratio.toFixed(2)}: ${hex(parse(style.fill))} on ${hex(ground)}: ${text.textContent}`);
		}
	}

	const outline = (shape) => {
		const length = shape.getTotalLength();
		const matrix = shape.getScreenCTM();
		return [...Array(9).keys()].map((i) => {
			const p = shape.getPointAtLength((length * (i + 0.5)) / 9);
			return new DOMPoint(p.x, p.y).matrixTransform(matrix);
		});
	};
	// A cell has its number in it, or is a shade of the legend.
	const isCell = (shape) => {
		const next = shape.nextElementSibling;
		if (shape.tagName !== 'rect' || shape.closest('[data-key=shade]') !== null) return shape.tagName === 'rect';
		if (next?.tagName !== 'text' || !/\d/.test(next.textContent)) return false;
		const [cell, number] = [shape.getBoundingClientRect(), next.getBoundingClientRect()];
		return number.left >= cell.left && number.right <= cell.right && number.top >= cell.top - 1 && number.bottom <= cell.bottom + 1;
	};
	drawn.forEach((d, i) => {
		const paints = [d.fill, d.stroke].filter((color) => color && d.box.width + d.box.height > 0);
		const grounds = isCell(d.shape) ? [...GROUNDS, ...SHADES] : GROUNDS;
		if (paints.length === 0 || paints.every((color) => grounds.includes(hex(color)))) return;
		const faint = [];
		for (const point of outline(d.shape)) {
			const ground = below(i, point);
			const seen = paints.map((color) => over(color, ground));
			// on what has its own colour it goes on
			if (seen.some((color) => hex(color) === hex(ground))) continue;
			const ratio = Math.max(...seen.map((color) => contrast(color, ground)));
			if (ratio < 3) faint.push(`${d.shape.tagName} of ${ratio.toFixed(2)}: ${seen.map(hex).join(' ')} on ${hex(ground)}`);
		}
		// lines may cross
		if (faint.length > 3) complaints.add(faint[0]);
	});

	const keys = [...svg.querySelectorAll('[data-key]:not([data-key=shade], [data-key=partial])')].map((key) => {
		const mark = key.querySelector('rect, path, circle');
		return { form: key.dataset.key, color: paint(mark, 'fill') ?? paint(mark, 'stroke') };
	});
	keys.forEach((a, i) => keys.slice(0, i).forEach((b) => {
		for (const [who, eyes] of Object.entries(EYES)) {
			const apart = distance(a.color, b.color, eyes);
			if (apart < (a.form === b.form ? 20 : 12)) complaints.add(`keys ${apart.toFixed(1)} apart for ${who} eyes: ${hex(a.color)} ${hex(b.color)}`);
		}
	}));
	return [...complaints];
}

// Pictures with one fault each, and what is to be found in them.
export const faults = [
	['nothing in plain colours', '<rect width="90" height="40" fill="#23415f"/><text x="5" y="20" fill="#ffffff">a</text>', /^$/],
	['a text that is too pale', '<text x="5" y="20" fill="#8a96a4">pale</text>', /text of 3\.0\d: #8a96a4 on #ffffff: pale/],
	['a text on a bar', '<rect width="90" height="40" fill="#23415f"/><text x="5" y="20" fill="#526070">dark</text>', /text of 1\.\d+: #526070 on #23415f/],
	['a text that shines through', '<text x="5" y="20" fill="#526070" fill-opacity="0.5">thin</text>', /text of/],
	['a bar that is too pale', '<rect width="90" height="40" fill="#9aa5b1"/>', /rect of 2\.50: #9aa5b1 on #ffffff/],
	['a dot that shines through', '<circle cx="20" cy="20" r="5" fill="#2f7a4c" fill-opacity="0.55"/>', /circle of/],
	['a line that goes under in a bar', '<rect width="90" height="40" fill="#23415f"/><path d="M10 20H80" fill="none" stroke="#a85208"/>', /path of 1\.\d+: #a85208 on #23415f/],
	['no fault in a line with an edge', '<rect width="90" height="40" fill="#23415f"/><path d="M10 20H80" fill="none" stroke="#ffffff" stroke-width="6"/><path d="M12 20H78" fill="none" stroke="#a85208"/>', /^$/],
	['red and green of the same lightness', '<g data-key="bar"><rect width="9" height="9" fill="#b4352a"/></g><g data-key="bar"><rect x="20" width="9" height="9" fill="#6b6b1e"/></g>', /apart for no (red|green) eyes/],
	['a light cell without a number', '<rect width="60" height="24" fill="#d3deea"/>', /rect of 1\.\d+: #d3deea/],
	['a light cell whose number stands beside it', '<rect width="60" height="24" fill="#d3deea"/><text x="70" y="17" font-size="13" fill="#1b2430">9%</text>', /rect of 1\.\d+: #d3deea/],
	['a number that is too pale for its cell', '<rect width="60" height="24" fill="#8dabc7"/><text x="20" y="17" font-size="13" fill="#ffffff">9%</text>', /text of 2\.\d+: #ffffff on #8dabc7: 9%/],
	['no fault in a light cell with its number', '<rect width="60" height="24" fill="#d3deea"/><text x="20" y="17" font-size="13" fill="#1b2430">9%</text>', /^$/],
	['no fault in blue and orange', '<g data-key="bar"><rect width="9" height="9" fill="#23415f"/></g><g data-key="bar"><rect x="20" width="9" height="9" fill="#a85208"/></g>', /^$/],
];

// Whether contenders give the same answer: the same rows, in any order, text equal and numbers equal but for the last
// digits, which double precision may write otherwise.
const CLOSE = 1e-9;

function isNumber(text) {
	return /^-?[0-9]+(\.[0-9]*)?(e[-+]?[0-9]+)?$/i.test(text);
}

function same(a, b) {
	if (a === b) {
		return true;
	}
	if (!isNumber(a) || !isNumber(b)) {
		return false;
	}
	return Math.abs(Number(a) - Number(b)) <= CLOSE * Math.max(1, Math.abs(Number(a)), Math.abs(Number(b)));
}

// The first column is the key of a row.
function sorted(rows) {
	return [...rows].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}

// What differs between two answers, as text; empty when they are the same.
export function difference(wanted, got) {
	const [a, b] = [sorted(wanted), sorted(got)];
	if (a.length === 0 || a.length !== b.length) {
		return `${a.length} rows, and ${b.length} rows`;
	}
	for (let i = 0; i < a.length; i++) {
		if (a[i].length !== b[i].length || !a[i].every((value, column) => same(value, b[i][column]))) {
			return `(${a[i].join(', ')}), and (${b[i].join(', ')})`;
		}
	}
	return '';
}

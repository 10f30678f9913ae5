// What the times say: medians, spread, ratios, and whether a target is met.
//
// The ratio of two contenders is the median, over the rounds, of the ratio within a round: both met the same machine
// then. The spread of a ratio is that of the middle half of the rounds.
export function quantile(values, q) {
	const sorted = [...values].sort((a, b) => a - b);
	const place = q * (sorted.length - 1);
	const below = Math.floor(place);
	const above = Math.min(below + 1, sorted.length - 1);
	return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export function median(values) {
	return quantile(values, 0.5);
}

// The contender that a target names; without settings the fastest of that name. Null when its engine is not there.
export function find(question, id) {
	const exact = question.contenders.find((contender) => contender.id === id);
	const named = question.contenders.filter((contender) => contender.name === id);
	return exact ?? named.sort((a, b) => median(a.times) - median(b.times))[0] ?? null;
}

function ratios(a, aPer, b, bPer) {
	return a.times.map((ms, round) => (ms / aPer) / (b.times[round] / bPer));
}

function figures(target, a, b) {
	if (target.kind === 'memory') {
		return [a.megabytes];
	}
	if (target.kind === 'ms') {
		return a.times;
	}
	const all = ratios(a, target.a.per, b, target.b.per);
	return target.kind === 'speed' ? all.map((ratio) => 1 / ratio) : all;
}

// { value, low, high, met }, or null when a contender or its figure is not there.
export function judge(question, target) {
	const a = find(question, target.a.id);
	const b = target.b && find(question, target.b.id);
	if (!a || (target.b && !b) || (target.kind === 'memory' && a.megabytes === null)) {
		return null;
	}
	const all = figures(target, a, b);
	const value = median(all);
	return { value, low: quantile(all, 0.25), high: quantile(all, 0.75), met: target.kind === 'speed' ? value >= target.limit : value <= target.limit, a, b };
}

// Reads the files of bench/comparisons/ and bench/data/: SQL with lines that begin with "--@" between its parts.
//
//   --@ data NAME ...                     first make what bench/data/NAME.sql makes
//   --@ let NAME                          text that :NAME stands for below
//   --@ setup                             statements for PostgreSQL
//   --@ export FILE                       a query whose rows PostgreSQL writes into FILE, as CSV
//   --@ duckdb                            statements for DuckDB
//   --@ clickhouse                        statements for ClickHouse, one a line; INSERT INTO ... FROM FILE takes the CSV
//   --@ question NAME: what it asks
//   --@ postgres NAME: SETTINGS | ...     a contender: a query, run once for each of the settings
//   --@ floor NAME: SETTINGS | ...        the same, but it asks less: its answer is not compared
//   --@ duckdb NAME: THREADS | ...        contenders of the other engines
//   --@ clickhouse NAME: THREADS | ...
//   --@ pgbench NAME: PROTOCOL | ...      a script for pgbench, its time that of one transaction
//   --@ check TEXT                        a query that must give no rows, run once
//   --@ target WORK: A <= FACTOR B        the time of A in units of B, or a number of ms; "A per N" is a time for each of N
//   --@ target WORK: A >= FACTOR B        the speed of A in units of B
//   --@ target WORK: memory A <= N MB
//   --@ memory                            the memory of each contender is taken, in a session of its own
//   --@ note TEXT                         stands below the question's table
//
// :work is a directory for files, and :answers, :events, :growth and :less are sizes.
//
// A contender is named NAME/SETTINGS in targets; NAME alone is the one of its settings with the least median.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

// What the words for settings stand for; others are NAME=VALUE.
const PLANS = {
	default: {},
	serial: { max_parallel_workers_per_gather: '0', jit: 'off' },
	'2 workers': { max_parallel_workers_per_gather: '2', jit: 'off', parallel_setup_cost: '0', parallel_tuple_cost: '0',
		min_parallel_table_scan_size: '0' },
};
const CONTENDERS = ['postgres', 'floor', 'duckdb', 'clickhouse', 'pgbench'];
// What marks a query of this extension, for the chart: a journey or a summary is read, or built.
const OURS = /\w+_agg\(|~ '|\bj\b|mapped/;
const SECTIONS = ['setup', 'export', 'duckdb', 'clickhouse'];

// "serial work_mem=64MB": a plan, then single settings.
export function readSettings(text) {
	const plan = Object.keys(PLANS).find((name) => text === name || text.startsWith(`${name} `));
	const settings = { ...(plan ? PLANS[plan] : {}) };
	for (const word of text.slice(plan?.length ?? 0).trim().split(/\s+/).filter(Boolean)) {
		const [name, value] = word.split('=');
		if (value === undefined) {
			throw new Error(`"${word}" of "${text}" is no setting`);
		}
		settings[name] = value;
	}
	return settings;
}

// "1" and "2" are threads, and "simple" and "prepared" protocols of pgbench, for engines that know no plans.
function contendersOf(kind, rest, query) {
	const [, name, settings] = rest.match(/^(.*): (.*)$/) ?? [];
	if (name === undefined) {
		throw new Error(`no settings in "${rest}"`);
	}
	const engine = kind === 'floor' ? 'postgres' : kind;
	return settings.split(' | ').map((text) => ({
		name, engine, query, ours: OURS.test(query), compared: kind !== 'floor' && kind !== 'pgbench', label: text.trim(), id: `${name}/${text.trim()}`,
		settings: engine === 'postgres' ? readSettings(text.trim()) : text.trim(),
	}));
}

function readSide(text) {
	const [, id, per] = text.match(/^(.*?)(?: per ([0-9]+))?$/);
	return { id, per: Number(per ?? 1) };
}

export function readTarget(rest) {
	const memory = rest.match(/^(.*): memory (.*) <= ([0-9.]+) MB$/);
	if (memory) {
		return { work: memory[1], kind: 'memory', a: readSide(memory[2]), limit: Number(memory[3]) };
	}
	const [, work, a, relation, factor, b] = rest.match(/^(.*?): (.*) (<=|>=) ([0-9.]+) (.*)$/) ?? [];
	if (work === undefined) {
		throw new Error(`"${rest}" is no target`);
	}
	const kind = b === 'ms' ? 'ms' : relation === '<=' ? 'time' : 'speed';
	return { work, kind, a: readSide(a), limit: Number(factor), b: b === 'ms' ? null : readSide(b) };
}

// The parts of a file: what stands after "--@", and the lines below it.
function parts(text) {
	const found = [];
	for (const line of text.split('\n')) {
		if (line.startsWith('--@ ')) {
			found.push({ words: line.slice(4).trim(), body: '' });
		} else if (found.length > 0) {
			found.at(-1).body += `${line}\n`;
		}
	}
	return found;
}

// Text in which the values stand for their names; "::text" is a cast.
function filledIn(text, values) {
	return text.replace(/(?<![:\w]):([a-z_0-9]+)\b/g, (all, name) => (name in values ? String(values[name]) : all));
}

// readComparison(path, { answers: 1000, ... }): the values replace :answers and so on.
export function readComparison(path, given) {
	const values = { ...given };
	const comparison = { name: basename(path, '.sql'), data: [], sections: [], questions: [] };
	for (const part of parts(readFileSync(path, 'utf8'))) {
		const [words, body] = [filledIn(part.words, values), filledIn(part.body, values)];
		const [kind] = words.split(' ');
		const rest = words.slice(kind.length).trim();
		const question = comparison.questions.at(-1);
		const query = kind === 'pgbench' ? `${body.trim()};` : body.trim().replace(/;$/, '');
		if (kind === 'data') {
			comparison.data.push(...rest.split(' '));
		} else if (kind === 'question') {
			const [, name, asks] = rest.match(/^(\S+): (.*)$/);
			comparison.questions.push({ name, asks, contenders: [], checks: [], targets: [], notes: [] });
		} else if (kind === 'let') {
			values[rest] = query;
		} else if (!question && SECTIONS.includes(kind)) {
			comparison.sections.push({ kind, rest, body });
		} else if (question && CONTENDERS.includes(kind)) {
			question.contenders.push(...contendersOf(kind, rest, query));
		} else if (question && kind === 'check') {
			question.checks.push({ name: rest, query });
		} else if (question && kind === 'memory') {
			question.memory = true;
		} else if (question && kind === 'target') {
			question.targets.push(readTarget(rest));
		} else if (question && kind === 'note') {
			question.notes.push([rest, ...body.split('\n')].map((line) => line.replace(/^-- /, '')).join(' ').trim());
		} else {
			throw new Error(`${path}: "--@ ${words}" is not understood here`);
		}
	}
	return comparison;
}

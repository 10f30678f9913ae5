// Called by bench/run: reads the comparisons, makes their data, asks their questions, and reports.
//
//   node bench.mjs OPTIONS NAME ...
//
// OPTIONS is JSON: values (what :rows and so on stand for), rounds, seconds (of pgbench), postmaster, work (a directory
// for files that engines hand on), duckdb (its directory, or empty), clickhouse (an address, or empty), small, write,
// facts (what to say of the machine). NAMEs are files of comparisons.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readComparison } from './comparison.mjs';
import { Psql } from './psql.mjs';
import { Pgbench } from './pgbench.mjs';
import { DuckDB } from './duckdb.mjs';
import { ClickHouse } from './clickhouse.mjs';
import { ask } from './measure.mjs';
import { chart } from './chart.mjs';
import { machineText, questionText, verdicts } from './report.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const DATA = join(HERE, '..', 'data');
const HEADING = '\n## The last run\n';

async function openEngines(options) {
	const engines = { postgres: new Psql(), pgbench: new Pgbench(options.seconds) };
	if (options.duckdb) {
		engines.duckdb = await DuckDB.open(options.duckdb, options.work);
	}
	if (options.clickhouse) {
		engines.clickhouse = await ClickHouse.open(options.clickhouse);
	}
	return engines;
}

// \copy takes one line.
async function exportRows(engines, file, query) {
	await engines.postgres.prepare({ timezone: 'UTC' });
	await engines.postgres.send(`\\copy (${query.trim().replace(/;$/, '').replace(/\s+/g, ' ')}) TO '${file}' (FORMAT csv, NULL '\\N')`);
}

async function prepareSection(engines, { kind, rest, body }, work) {
	if (kind === 'setup') {
		await engines.postgres.prepare({ work_mem: '1GB', maintenance_work_mem: '1GB' });
		await engines.postgres.send(body);
	} else if (kind === 'export') {
		if (engines.duckdb || engines.clickhouse) {
			await exportRows(engines, join(work, rest), body);
		}
	} else {
		await engines[kind]?.section(body, work);
	}
}

// A comparison's data, each made once, then its own.
async function prepare(engines, comparison, options, made) {
	for (const name of comparison.data) {
		if (!made.has(name)) {
			made.add(name);
			await prepare(engines, readComparison(join(DATA, `${name}.sql`), options.values), options, made);
		}
	}
	for (const section of comparison.sections) {
		await prepareSection(engines, section, options.work);
	}
	await engines.postgres.send('CHECKPOINT;');
}

function report(question, comparison, small) {
	for (const what of question.wrong) {
		console.log(`not ok - ${comparison.name}, ${question.name}: ${what}`);
	}
	const names = question.contenders.filter((contender) => contender.compared).map((contender) => contender.id);
	if (small && question.wrong.length === 0 && names.length > 1) {
		console.log(`ok - ${comparison.name}, ${question.name}: the same by ${names.join(', ')}`);
	}
	if (!small) {
		console.log(`\n${questionText(question)}`);
	}
}

async function runAll(engines, files, options) {
	const made = new Set();
	const questions = [];
	for (const file of files) {
		const comparison = readComparison(file, options.values);
		const started = performance.now();
		await prepare(engines, comparison, options, made);
		for (const question of comparison.questions) {
			await ask(engines, question, options.rounds, options.postmaster);
			report(question, comparison, options.small);
			questions.push(question);
		}
		console.log(`(${comparison.name} took ${Math.round((performance.now() - started) / 1000)} s)`);
	}
	return questions;
}

// Puts the text below the heading, up to the next one.
function writeDocument(text) {
	const path = join(HERE, '..', '..', 'docs', 'performance.md');
	const [before, rest] = readFileSync(path, 'utf8').split(HEADING);
	const next = rest.indexOf('\n## ');
	writeFileSync(path, `${before}${HEADING}\n${text}\n${rest.slice(next)}`);
}

const began = performance.now();
const options = JSON.parse(process.argv[2]);
options.values.work = options.work;
const engines = await openEngines(options);
const questions = await runAll(engines, process.argv.slice(3), options);
engines.postgres.end();
if (!options.small) {
	const facts = [...options.facts, ['took', `${Math.round((performance.now() - began) / 60000)} minutes`], ['engines', Object.values(engines).map((engine) => engine.version).filter(Boolean).join(', ') || 'PostgreSQL alone']];
	const summary = `${machineText(facts)}\n\n${verdicts(questions)}`;
	console.log(`\n${summary}`);
	if (options.output) {
		writeFileSync(`${options.output}.svg`, chart(questions, `Median times, ${options.caption}`));
		writeFileSync(`${options.output}.md`, `${summary}\n\n${questions.map(questionText).join('\n\n')}\n`);
	}
	if (options.write) {
		writeFileSync(options.write, chart(questions, `Median times, ${options.caption}`));
		writeDocument(`Written by \`bench/run --write\`; as a picture: [performance.svg](performance.svg).\n\n${summary}\n\n${questions.map(questionText).join('\n\n')}`);
	}
}
process.exit(questions.some((question) => question.wrong.length > 0) ? 1 : 0);

// Runs the forms for DuckDB in turn, on one thread, over a table of its own, which is loaded before.
//
//   node duckdb.mjs DIRECTORY ROUNDS
//
// DIRECTORY holds node_modules with @duckdb/node-api, load.sql, which makes the tables, and forms.json, an array of
// {question, name, query}; every query gives the columns key and n. Writes CSV: question, name, key, value; the rows
// without a key are times in milliseconds, the others the answer.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [directory, rounds] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(directory, 'package.json'))('@duckdb/node-api');

function print(...fields) {
	console.log(fields.map((field) => (field === null ? '' : `"${String(field).replaceAll('"', '""')}"`)).join(','));
}

async function timed(connection, form, round) {
	const started = performance.now();
	const reader = await connection.runAndReadAll(form.query);
	const ms = performance.now() - started;
	// round 0 warms up
	if (round > 0) {
		print(form.question, form.name, null, ms);
		return;
	}
	for (const [key, n] of reader.getRows()) {
		print(form.question, form.name, key, n);
	}
}

const instance = await DuckDBInstance.create(join(directory, 'storage.duckdb'));
const connection = await instance.connect();
await connection.run('SET threads = 1');
process.chdir(directory);
await connection.run(readFileSync('load.sql', 'utf8'));
const forms = JSON.parse(readFileSync('forms.json', 'utf8'));
for (let round = 0; round <= Number(rounds); round++) {
	for (const form of forms) {
		await timed(connection, form, round);
	}
}

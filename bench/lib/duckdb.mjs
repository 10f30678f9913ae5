// DuckDB in this process, over storage of its own in a file of the directory work; directory holds node_modules with
// @duckdb/node-api.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export class DuckDB {
	static async open(directory, work) {
		const engine = new DuckDB();
		const { DuckDBInstance } = createRequire(join(directory, 'package.json'))('@duckdb/node-api');
		const instance = await DuckDBInstance.create(join(work, 'storage.duckdb'));
		engine.connection = await instance.connect();
		const version = await engine.query('SELECT version()');
		engine.version = `DuckDB ${version.rows[0][0].replace(/^v/, '')}`;
		return engine;
	}

	async prepare(threads) {
		await this.connection.run(`SET threads = ${threads}`);
	}

	async query(text) {
		const started = performance.now();
		const reader = await this.connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM (${text})`);
		return { ms: performance.now() - started, rows: reader.getRows().map((row) => row.map((value) => value ?? '')) };
	}

	// section: statements, of which each is run on all threads.
	async section(body) {
		await this.connection.run(body);
	}
}

// ClickHouse through its HTTP interface; the time is that of a request.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export class ClickHouse {
	static async open(address) {
		const engine = new ClickHouse();
		engine.address = address;
		const version = await engine.query('SELECT version()');
		engine.version = `ClickHouse ${version.rows[0][0]}`;
		return engine;
	}

	async post(query, body) {
		const response = await fetch(`${this.address}/?max_threads=${this.threads ?? 2}&query=${encodeURIComponent(query)}`, { method: 'POST', body });
		const text = await response.text();
		if (!response.ok) {
			throw new Error(`ClickHouse: ${text} (${query})`);
		}
		return text;
	}

	async prepare(threads) {
		this.threads = threads;
	}

	async query(text) {
		const started = performance.now();
		const answer = await this.post(`${text} FORMAT TabSeparated`, '');
		return { ms: performance.now() - started, rows: answer.trimEnd().split('\n').map((line) => line.split('\t')) };
	}

	// A statement a line; INSERT INTO table FROM file takes the file of CSV.
	async section(body, work) {
		for (const line of body.split('\n').filter((text) => text.trim() !== '' && !text.startsWith('--'))) {
			const load = line.match(/^INSERT INTO (\w+) FROM (\S+);?$/);
			if (load) {
				await this.load(load[1], join(work, load[2]));
			} else {
				await this.post(line.replace(/;$/, ''), '');
			}
		}
	}

	// In pieces of whole lines: a text in JavaScript has an end.
	async load(table, file) {
		const bytes = readFileSync(file);
		for (let from = 0; from < bytes.length;) {
			const to = from + PIECE < bytes.length ? bytes.lastIndexOf(10, from + PIECE) + 1 : bytes.length;
			await this.post(`INSERT INTO ${table} FORMAT CSV`, bytes.subarray(from, to));
			from = to;
		}
	}
}

const PIECE = 100_000_000;

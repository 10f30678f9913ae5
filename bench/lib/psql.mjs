// One session of PostgreSQL, through psql, which also takes the time. One session for everything, because the first
// query of a session pays a page fault for each page of shared memory that it touches.
import { spawn } from 'node:child_process';

const MARK = '=== done ===';
const TAB = '\t';

export class Psql {
	constructor() {
		this.said = '';
		this.complaint = '';
		this.child = spawn('psql', ['-X', '-q', '-A', '-t', '-F', TAB, '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose'],
			{ stdio: ['pipe', 'pipe', 'pipe'] });
		this.child.stdout.setEncoding('utf8').on('data', (text) => this.hear(text));
		this.child.stderr.setEncoding('utf8').on('data', (text) => { this.complaint += text; });
		this.child.on('close', () => this.waiting?.reject(new Error(`psql ended: ${this.complaint}`)));
	}

	hear(text) {
		this.said += text;
		if (this.said.endsWith(`${MARK}\n`)) {
			const lines = this.said.split('\n').slice(0, -2);
			this.said = '';
			this.waiting.resolve(lines);
			this.waiting = null;
		}
	}

	// All lines that psql prints for these lines.
	send(text) {
		return new Promise((resolve, reject) => {
			this.waiting = { resolve, reject };
			this.child.stdin.write(`${text}\n\\echo ${MARK}\n`);
		});
	}

	async prepare(settings) {
		const set = Object.entries(settings).map(([name, value]) => `SET ${name} = '${value}';`);
		await this.send(`RESET ALL; ${set.join(' ')}`);
	}

	// The rows of one query as arrays of text, and its time in ms.
	async query(text) {
		const lines = await this.send(`\\timing on\n${text};\n\\timing off`);
		const time = lines.findLastIndex((line) => /^Time: [0-9.]+ ms/.test(line));
		return { ms: Number(lines[time].split(' ')[1]), rows: lines.slice(0, time).map((line) => line.split(TAB)) };
	}

	end() {
		this.child.stdin.end();
	}
}

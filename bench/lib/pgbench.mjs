// Single-row statements of one client in a transaction each, by pgbench; the time is that of one transaction.
import { spawn } from 'node:child_process';

export class Pgbench {
	constructor(seconds) {
		this.seconds = seconds;
	}

	async prepare(protocol) {
		this.protocol = protocol;
	}

	query(script) {
		return new Promise((resolve, reject) => {
			let said = '';
			const child = spawn('pgbench', ['-n', '-M', this.protocol, '-c', '1', '-T', String(this.seconds), '-f', '-']);
			child.stdout.on('data', (text) => { said += text; });
			child.stderr.on('data', (text) => { said += text; });
			child.on('close', (status) => {
				const tps = said.match(/^tps = ([0-9.]+)/m);
				if (status === 0 && tps && !/ERROR|aborted/.test(said)) {
					resolve({ ms: 1000 / Number(tps[1]), rows: [] });
				} else {
					reject(new Error(`pgbench: ${said}`));
				}
			});
			child.stdin.end(script);
		});
	}
}

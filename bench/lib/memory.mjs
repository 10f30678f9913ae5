// The most memory that the processes of a server have taken while something ran: what is theirs alone (RssAnon), so
// neither shared memory nor files. From /proc, so on Linux only; elsewhere it is unknown.
import { readFileSync } from 'node:fs';

const EVERY_MS = 10;

function readOrNothing(path) {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

// In kB, of all children of the postmaster.
function privateMemory(postmaster) {
	const children = readOrNothing(`/proc/${postmaster}/task/${postmaster}/children`).trim().split(' ').filter(Boolean);
	return children.map((pid) => Number(readOrNothing(`/proc/${pid}/status`).match(/^RssAnon:\s+([0-9]+) kB/m)?.[1] ?? 0))
		.reduce((sum, kB) => sum + kB, 0);
}

// Runs the function; gives what it gives, and the memory in MB beyond what there was before, or null.
export async function withMemory(postmaster, run) {
	const before = privateMemory(postmaster);
	let most = before;
	const timer = setInterval(() => { most = Math.max(most, privateMemory(postmaster)); }, EVERY_MS);
	try {
		const result = await run();
		return { ...result, megabytes: before > 0 ? (most - before) / 1024 : null };
	} finally {
		clearInterval(timer);
	}
}

// Asks the questions: contenders take turns, in each round beginning with another one, so that whatever else the machine
// does meets all of them alike. Round 0 warms up and takes the answers.
import { withMemory } from './memory.mjs';
import { difference } from './answers.mjs';
import { Psql } from './psql.mjs';

async function firstTurn(engines, contender) {
	const engine = engines[contender.engine];
	await engine.prepare(contender.settings);
	contender.rows = (await engine.query(contender.query)).rows;
}

// In a session of its own, because a session keeps what it freed.
async function takeMemory(contender, postmaster) {
	const session = new Psql();
	await session.prepare(contender.settings);
	contender.megabytes = (await withMemory(postmaster, () => session.query(contender.query))).megabytes;
	session.end();
}

async function turn(engines, contender) {
	const engine = engines[contender.engine];
	await engine.prepare(contender.settings);
	contender.times.push((await engine.query(contender.query)).ms);
}

// What is wrong with the answers of a question: contenders that differ from the first, checks that find something.
async function findings(engines, question) {
	const wrong = [];
	const [first, ...others] = question.contenders.filter((contender) => contender.compared);
	for (const other of others) {
		const what = difference(first.rows, other.rows);
		if (what !== '') {
			wrong.push(`${first.id} and ${other.id} differ: ${what}`);
		}
	}
	for (const check of question.checks) {
		await engines.postgres.prepare({});
		const { rows } = await engines.postgres.query(check.query);
		if (rows.length > 0) {
			wrong.push(`${check.name}: ${rows.slice(0, 5).map((row) => row.join(', ')).join('; ')}`);
		}
	}
	return wrong;
}

// Fills in times, megabytes and wrong. Contenders whose engine is not there are left out.
export async function ask(engines, question, rounds, postmaster) {
	question.contenders = question.contenders.filter((contender) => engines[contender.engine]);
	for (const contender of question.contenders) {
		contender.times = [];
		contender.megabytes = null;
		await firstTurn(engines, contender);
		if (question.memory && contender.engine === 'postgres') {
			await takeMemory(contender, postmaster);
		}
	}
	question.wrong = await findings(engines, question);
	for (let round = 0; round < rounds; round++) {
		for (let i = 0; i < question.contenders.length; i++) {
			await turn(engines, question.contenders[(i + round) % question.contenders.length]);
		}
	}
}

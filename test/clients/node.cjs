// node-postgres, as it comes: asks the questions and prints question, row, column, type and value of all it reads.
const fs = require("fs");
const { Client } = require("pg");

function questions(file) {
  return fs.readFileSync(file, "utf8").trim().split("\n\n").slice(1).map((block) => {
    const [, name, parameters, sql] = block.match(/^-- (\w+): ?(.*)\n([^]*)$/);
    return { name, values: parameters === "" ? [] : parameters.split("; "), sql };
  });
}

function seconds(interval) {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = interval;
  return (days * 86400 + hours * 3600 + minutes * 60 + seconds + milliseconds / 1000).toFixed(6);
}

function typeOf(value) {
  if (value === null || typeof value !== "object") return value === null ? "NULL" : typeof value;
  return Array.isArray(value) ? `array of ${typeof value[0]}` : value.constructor.name;
}

function text(value) {
  switch (typeOf(value)) {
    case "NULL": return "NULL";
    case "Date": return value.toISOString().replace(".000Z", "Z");
    case "PostgresInterval": return seconds(value);
    case "Object": return JSON.stringify(value);
    default: return Array.isArray(value) ? `{${value.join()}}` : String(value);
  }
}

async function main() {
  const client = new Client();
  await client.connect();
  for (const { name, values, sql } of questions(process.argv[2])) {
    const { fields, rows } = await client.query(sql, values);
    rows.forEach((row, i) => fields.forEach((field) => {
      const value = row[field.name];
      console.log([name, i + 1, field.name, typeOf(value), text(value)].join("\t"));
    }));
  }
  await client.end();
}

main();

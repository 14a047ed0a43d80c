// Times feelin: reads {texts, context, seconds} as JSON from standard input.
// Prints JSON: the value of each text, and how many rounds of them all a second takes.
import { readFileSync } from "node:fs";
import { evaluate } from "feelin";

const { texts, context, seconds } = JSON.parse(readFileSync(0, "utf8"));
const values = texts.map((text) => evaluate(text, context).value);

for (let warm = 0; warm < 20; warm++) texts.forEach((text) => evaluate(text, context));
const begun = performance.now();
let rounds = 0;
while (performance.now() - begun < 1000 * seconds) {
  texts.forEach((text) => evaluate(text, context));
  rounds++;
}
const spent = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ values, rounds: rounds / spent }));

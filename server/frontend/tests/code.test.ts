import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { code } from "../src/workbench/code.ts";
import { ranked } from "../src/workbench/ranking.ts";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what must be quoted
const HARD = 'SELECT * { ?s ?p "it\'s \\"so\\" ${x} `y` ]--" }\n# \\ """';

it("quotes the query for a shell", () => {
  const text = code("curl", "http://x.org/sparql", HARD, false).replace("curl", "printf '%s\\n'");
  const said = execFileSync("sh", ["-c", text], { encoding: "utf8" });
  expect(said).toContain(`query=${HARD}`);
});

it("quotes the query for JavaScript", () => {
  const [line] = code("JavaScript", "http://x.org/sparql", HARD, false).split(";\nconst response");
  expect(new Function(`${line}; return query`)()).toBe(HARD);
});

it("quotes the query for Python", () => {
  const text = code("Python", "http://x.org/sparql", HARD, false);
  const literal = text.slice(text.indexOf('"""'), text.indexOf("\nanswer"));
  const said = execFileSync("python3", ["-c", `import sys; sys.stdout.write(${literal})`], { encoding: "utf8" });
  expect(said).toBe(HARD);
});

it("chooses an end of a raw string that the query does not have", () => {
  expect(code("R", "http://x.org/sparql", 'a ]" b', false)).toContain('r"-[a ]" b]-"');
});

it("ranks names by prefixed name, local name, then label", () => {
  const terms = [
    { name: "chef:about", label: "über Stelle", kind: "property" as const },
    { name: "chef:Office", label: "Stelle", kind: "class" as const },
    { name: "vocab:stelle", label: "x", kind: "concept" as const },
  ];
  expect(ranked(terms, "stelle").map((term) => term.name)).toEqual(["vocab:stelle", "chef:Office", "chef:about"]);
  expect(ranked(terms, "chef:st").map((term) => term.name)).toEqual(["chef:Office", "chef:about"]);
  expect(ranked(terms, "nothing")).toEqual([]);
});

import { expect, it } from "vitest";
import { fromJson, fromTriples } from "../src/answer.ts";
import { columns, day, key, pictures, span } from "../src/columns.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const iri = (value: string) => ({ type: "uri", value: `https://w3id.org/chefsache/id/${value}` });
const text = (value: string) => ({ type: "literal", value });
const date = (value: string) => ({ type: "literal", value, datatype: `${XSD}date` });

it("reads N-Triples with escapes, languages and datatypes", () => {
  const sent =
    '<http://x.org/a> <http://x.org/p> "M\\u00FCller \\"x\\"\\n"@de .\n_:b <http://x.org/p> "1"^^<http://x.org/i> .\n';
  const { rows } = fromTriples(sent);
  expect(rows[0]?.object).toEqual({ kind: "literal", value: 'Müller "x"\n', lang: "de" });
  expect(rows[1]?.subject).toEqual({ kind: "bnode", value: "b" });
  expect(rows[1]?.object).toEqual({ kind: "literal", value: "1", datatype: "http://x.org/i" });
});

it("joins a name with the column of its IRI, and offers the pictures that fit", () => {
  const binding = {
    municipality: text("Herne"),
    authority: iri("05916000"),
    person: text("A"),
    personIri: iri("person-a"),
    earliestStart: date("2018-01-01"),
    latestStart: date("2018-12-31"),
    earliestEnd: date("2023-01-31"),
    latestEnd: date("9999-12-31"),
  };
  const answer = fromJson({ head: { vars: Object.keys(binding) }, results: { bindings: [binding] } });
  const found = columns(answer);
  expect(
    found
      .filter((column) => !column.hidden)
      .map((column) => [column.name, column.link])
      .slice(0, 2),
  ).toEqual([
    ["municipality", "authority"],
    ["person", "personIri"],
  ]);
  expect(span(found)).toEqual({
    start: "earliestStart",
    end: "latestEnd",
    surelyStart: "latestStart",
    surelyEnd: "earliestEnd",
  });
  expect(pictures(answer)).toEqual(["chart", "map", "graph", "timeline"]);
});

it("offers no picture that cannot be drawn", () => {
  const answer = fromJson({ head: { vars: ["name"] }, results: { bindings: [{ name: text("x") }] } });
  expect(pictures(answer)).toEqual(["chart"]);
  expect(pictures(fromJson({ head: {}, boolean: true }))).toEqual([]);
});

it.each([
  ["2024-02", false, "2024-02-01"],
  ["2024-02", true, "2024-02-29"],
  ["2023", true, "2023-12-31"],
  ["9999-12-31", true, undefined],
  ["--12-01", false, undefined],
])("takes %s as a day (end: %s)", (value, end, expected) => {
  expect(day({ kind: "literal", value }, end)?.toISOString().slice(0, 10)).toBe(expected);
});

it("finds the official key in what belongs to an authority", () => {
  const base = "https://w3id.org/chefsache/id/";
  expect(["05916000", "05916000-office-it", "05", "person-x", "123456789"].map((local) => key(base + local))).toEqual([
    "05916000",
    "05916000",
    "05",
    "",
    "",
  ]);
});

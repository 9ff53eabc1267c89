import { describe, expect, it } from "vitest";
import { compact, declarations, missing } from "../src/names.ts";

const KNOWN = {
  chef: "https://w3id.org/chefsache/ontology#",
  id: "https://w3id.org/chefsache/id/",
  skos: "http://www.w3.org/2004/02/skos/core#",
};

describe("missing", () => {
  it.each([
    ["ASK { ?s a chef:Office ; skos:prefLabel ?l }", ["chef", "skos"]],
    ["PREFIX chef: <https://x.org/> ASK { ?s a chef:Office }", []],
    ["prefix  chef: <https://x.org/>\nASK { ?s chef:a id:1 }", ["id"]],
    ["# skos:prefLabel\nASK { ?s a <http://x.org/chef:a> ; ?p 'id:1', \"chef:b\" }", []],
    ["ASK { ?chef ?p ?o . ?s other:x _:id }", []],
    ['ASK { ?s ?p """chef:a "quoted" id:b""" , id:05916000 }', ["id"]],
    ["ASK { ?s (chef:about/skos:prefLabel|^id:x)* ?o }", ["chef", "id", "skos"]],
    ["SELECT (chef:f(?x) AS ?y) {}", ["chef"]],
  ])("%s", (text, expected) => {
    expect(missing(text, KNOWN)).toEqual(expected);
  });
});

describe("declarations", () => {
  it("stand before the query, after its comments", () => {
    const text = "# a question\nASK { ?s a chef:Office }";
    const found = declarations(text, KNOWN);
    expect(found).toEqual({ at: 13, text: "PREFIX chef: <https://w3id.org/chefsache/ontology#>\n\n" });
  });

  it("follow those that stand there", () => {
    const text = "PREFIX id: <https://w3id.org/chefsache/id/>\nASK { id:1 a chef:Office }";
    expect(declarations(text, KNOWN)?.at).toBe(text.indexOf("ASK"));
  });
});

it("compacts by the longest namespace that leaves a plain local name", () => {
  expect(compact("https://w3id.org/chefsache/id/05916000", KNOWN)).toBe("id:05916000");
  expect(compact("https://w3id.org/chefsache/id/a/b", KNOWN)).toBe("https://w3id.org/chefsache/id/a/b");
});

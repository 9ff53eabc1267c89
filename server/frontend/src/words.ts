/** What the front end says, in German and English. */

import { language } from "./site.ts";

const WORDS = {
  ask: ["Frage als Beispiel laden", "Load a question as an example"],
  askNone: ["– eigene Abfrage –", "– query of your own –"],
  cancel: ["Abbrechen", "Cancel"],
  cancelled: ["Abgebrochen.", "Cancelled."],
  category: ["Beschriftung", "Label"],
  chart: ["Diagramm", "Chart"],
  chartOf: ["{value} je {category}", "{value} by {category}"],
  code: ["Code für Programme", "Code for programs"],
  copied: ["kopiert", "copied"],
  copy: ["Kopieren", "Copy"],
  count: ["Anzahl der Zeilen", "Number of rows"],
  download: ["Herunterladen:", "Download:"],
  editor: ["SPARQL-Abfrage", "SPARQL query"],
  editorHint: [
    "Strg-Enter führt aus, Strg-Leertaste schlägt Namen vor, Tab verlässt das Feld.",
    "Ctrl-Enter runs, Ctrl-Space suggests names, Tab leaves the field.",
  ],
  from: ["Von", "From"],
  graph: ["Netz", "Graph"],
  graphOf: ["{count} Knoten, {links} Verbindungen.", "{count} nodes, {links} links."],
  graphTooBig: ["Gezeigt sind die ersten {count} Knoten.", "Shown are the first {count} nodes."],
  link: ["Link zu dieser Abfrage", "Link to this query"],
  map: ["Karte", "Map"],
  mapOf: ["{count} von {all} Zeilen haben einen Ort.", "{count} of {all} rows have a place."],
  network: ["Der Server ist nicht erreichbar: {reason}", "The server cannot be reached: {reason}"],
  no: ["Nein.", "No."],
  none: ["Keine Zeile: Dazu ist nichts belegt.", "No row: nothing is documented on this."],
  parameters: ["Angaben zur Frage", "Parameters of the question"],
  picture: ["Als Bild zeigen", "Show as a picture"],
  rows: ["{count} Zeilen", "{count} rows"],
  row: ["1 Zeile", "1 row"],
  rowsShown: ["Gezeigt sind {shown} von {count} Zeilen.", "Shown are {shown} of {count} rows."],
  rowsAll: ["Alle zeigen", "Show all"],
  run: ["Ausführen", "Run"],
  running: ["Die Abfrage läuft …", "The query is running …"],
  same: ["Dasselbe als Tabelle", "The same as a table"],
  scroll: ["Tabelle, seitlich verschiebbar", "Table, scrolls sideways"],
  pictureScroll: ["Bild, seitlich verschiebbar", "Picture, scrolls sideways"],
  size: ["Größe", "Size"],
  sizeNone: ["gleich", "equal"],
  suggestions: ["Vorschläge", "Suggestions"],
  suggested: ["{count} Vorschläge", "{count} suggestions"],
  table: ["Tabelle", "Table"],
  time: ["{count} in {seconds} s", "{count} in {seconds} s"],
  timeline: ["Zeitstrahl", "Timeline"],
  timelineOf: [
    "Voll: belegt. Blass: möglich. Pfeil: Anfang oder Ende nicht belegt.",
    "Solid: documented. Pale: possible. Arrow: start or end not documented.",
  ],
  timelineShown: [
    "Gezeigt sind {shown} von {count} Zeilen mit Datum.",
    "Shown are {shown} of {count} rows with a date.",
  ],
  to: ["Nach", "To"],
  triple: ["Tripel", "triples"],
  value: ["Wert", "Value"],
  views: ["Darstellungen der Antwort", "Views of the answer"],
  yes: ["Ja.", "Yes."],
} as const;

/** Return a text in the language of the page, with its gaps filled. */
export function word(key: keyof typeof WORDS, values: Record<string, string | number> = {}): string {
  const text: string = WORDS[key][language === "de" ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => number(values[name] ?? ""));
}

/** Write a number with the language's separators; a text stays as it is. */
export function number(value: string | number): string {
  return typeof value === "number" ? value.toLocaleString(language === "de" ? "de-DE" : "en-GB") : value;
}

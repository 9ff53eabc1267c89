#!/bin/sh
# Ask a running server with Comunica, without special settings: comunica.sh http://127.0.0.1:8000
# Installs it beside this script at first (a minute, a hundred megabytes). Ends with 0 if every answer is right.
set -eu
server=${1:?usage: comunica.sh ADDRESS, such as http://127.0.0.1:8000}
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci --silent --no-audit --no-fund

# Each kind of query: what the answer must hold, and the query.
ask() {
    printf '%s ... ' "$1"
    case $(node_modules/.bin/comunica-sparql "$2" "$3") in
    *"$1"*) echo ok ;;
    *) echo "not in the answer of $2"; exit 1 ;;
    esac
}

herne='<https://w3id.org/chefsache/id/05916000>'
label='<http://www.w3.org/2004/02/skos/core#prefLabel>'
ask '@de' "$server/sparql" "SELECT ?label { $herne $label ?label }"
ask '@de' "sparql@$server/sparql" "SELECT ?label { $herne $label ?label } LIMIT 1"
ask 'true' "sparql@$server/sparql" "ASK { $herne $label ?label }"
ask '@de' "sparql@$server/sparql" "CONSTRUCT WHERE { $herne $label ?label }"
ask '@de' "$server/graph/data/register/states" "SELECT ('Herne'@de AS ?label) { ?s ?p ?o } LIMIT 1"
ask '/sparql' "$server/.well-known/void" "CONSTRUCT WHERE { ?dataset <http://rdfs.org/ns/void#sparqlEndpoint> ?o }"

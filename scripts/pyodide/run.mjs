// node run.mjs FOLDER ARCHIVE PROGRAM: run a Python program in the Pyodide of a folder, with the
// wheels there and the modules of a zip archive.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, archive, program] = process.argv.slice(2);
const found = createRequire(resolve(folder, "package.json")).resolve("pyodide/pyodide.mjs");
const { loadPyodide } = await import(pathToFileURL(found).href);
const pyodide = await loadPyodide();
for (const name of readdirSync(resolve(folder, "wheels"))) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(resolve(folder, "wheels", name))), "wheel");
}
pyodide.unpackArchive(new Uint8Array(readFileSync(archive)), "zip");
pyodide.runPython("import os, sys; sys.path.insert(0, os.getcwd())");
pyodide.runPython(readFileSync(program, "utf8"));

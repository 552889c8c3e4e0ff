// Imported before anything else by what a person starts, and written so that an old Node can read it.
const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(`Plumbline needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node}.`);
  process.exit(2);
}

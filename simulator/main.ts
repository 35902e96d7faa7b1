/** Virtual phones, a program of its own. */
process.stderr.write('usage: phones\n');
process.exitCode = 2;

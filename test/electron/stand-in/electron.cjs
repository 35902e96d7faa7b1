/** `require('electron')`: anything that is not there throws. */
module.exports = globalThis[Symbol.for('stand-in for electron')];

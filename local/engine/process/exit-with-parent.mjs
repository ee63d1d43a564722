/**
 * Loaded before a child's own code: ends the child and what it started when the engine is gone. The engine holds the
 * other end of the child's standard input; the system closes it however the engine dies.
 */
process.stdin.on('end', () => process.kill(-process.pid, 'SIGKILL'));
process.stdin.on('error', () => process.kill(-process.pid, 'SIGKILL'));
process.stdin.resume();
process.stdin.unref();

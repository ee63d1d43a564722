import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository of a test's own. */
export class TestClone implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'wedsync-clone-'));

  constructor(...init: string[]) {
    this.git('init', '--quiet', '--initial-branch=main', ...init);
    this.git('config', 'user.name', 'test');
    this.git('config', 'user.email', 'test@example.com');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Commits all that there is. Gives back the commit's hash. */
  commit(message = 'A change'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '--no-verify', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What Falco watches in the region's containers beside its own rules, as data. */

/** A part of conditions, by name. */
export interface FalcoMacro {
  readonly macro: string;
  readonly condition: string;
}

/** What is reported when its condition holds. */
export interface FalcoRule {
  readonly rule: string;
  readonly desc: string;
  readonly condition: string;
  readonly output: string;
  readonly priority: 'CRITICAL' | 'ERROR' | 'WARNING';
  readonly source: 'syscall';
  readonly tags: readonly string[];
}

export interface FalcoFigures {
  readonly redis: {
    readonly namespace: string;
    /** The container of a node. */
    readonly container: string;
    readonly dataPath: string;
    readonly scriptsPath: string;
    /** To which its containers connect. */
    readonly ports: readonly number[];
  };
  readonly engine: {
    readonly namespace: string;
    readonly container: string;
    readonly secretsPath: string;
    readonly ports: readonly number[];
  };
}

const DNS_PORT = 53;
const SHELLS = ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'csh', 'busybox'];
/** With these somebody changes what Redis is, or empties it. */
const RULING_COMMANDS = [
  'config set',
  'config rewrite',
  'flushall',
  'flushdb',
  'debug ',
  'shutdown',
  'acl setuser',
  'acl deluser',
  'module load',
  'replicaof ',
  'slaveof ',
];

const WHO = 'pod=%k8s.pod.name container=%container.name process=%proc.cmdline parent=%proc.pname user=%user.uid';

/** The macros and rules, in the order in which Falco must read them. */
export function falcoRules({ redis, engine }: FalcoFigures): (FalcoMacro | FalcoRule)[] {
  const inRegion = [redis, engine].map(({ namespace }) => namespace);
  return [
    { macro: 'wedsync_starts_program', condition: 'evt.type in (execve, execveat)' },
    {
      macro: 'wedsync_connects',
      condition:
        'evt.type = connect and fd.typechar in (4, 6) and fd.snet != "127.0.0.0/8" ' +
        'and (evt.rawres >= 0 or evt.res = EINPROGRESS)',
    },
    { macro: 'wedsync_shell', condition: `proc.name in (${SHELLS.join(', ')})` },
    {
      macro: 'wedsync_redis_node',
      condition: `k8s.ns.name = ${redis.namespace} and container.name = ${redis.container}`,
    },
    {
      macro: 'wedsync_engine',
      condition: `k8s.ns.name = ${engine.namespace} and container.name = ${engine.container}`,
    },
    {
      // How a node is started and stopped, and how the kubelet asks after it.
      macro: 'wedsync_redis_own_shell',
      condition:
        `(proc.cmdline startswith "sh ${redis.scriptsPath}/" or proc.cmdline startswith "sh -c redis-cli -e ") ` +
        'and proc.tty = 0',
    },
    rule({
      rule: 'Shell in a Redis container',
      desc: 'A shell that neither starts, stops nor probes the node: somebody is inside.',
      condition: 'wedsync_starts_program and wedsync_redis_node and wedsync_shell and not wedsync_redis_own_shell',
      output: `Shell in a Redis container (${WHO} terminal=%proc.tty)`,
      priority: 'CRITICAL',
    }),
    rule({
      rule: 'Redis started another program',
      desc: 'Redis forks to save its data and starts nothing: a hole in it is being used.',
      condition: 'wedsync_starts_program and wedsync_redis_node and proc.pname = redis-server',
      output: `Redis started another program (${WHO})`,
      priority: 'CRITICAL',
    }),
    rule({
      rule: 'Shell in an engine container',
      desc: 'The engine needs no shell, nor does anything that looks after it.',
      condition: 'wedsync_starts_program and wedsync_engine and wedsync_shell',
      output: `Shell in an engine container (${WHO} terminal=%proc.tty)`,
      priority: 'CRITICAL',
    }),
    rule({
      rule: 'Unknown program in an engine container',
      desc: 'Only Node runs there, and the pause before it ends.',
      condition: 'wedsync_starts_program and wedsync_engine and not wedsync_shell and not proc.name in (node, sleep)',
      output: `Unknown program in an engine container (${WHO})`,
      priority: 'ERROR',
    }),
    rule({
      rule: 'Unexpected connection from a Redis container',
      desc: 'Nodes and keepers connect to nodes, and ask for names. The network policies refuse all else; this says who tried.',
      condition: `wedsync_connects and k8s.ns.name = ${redis.namespace} and not fd.sport in (${portList(redis.ports)})`,
      output: `Unexpected connection from a Redis container (${WHO} connection=%fd.name)`,
      priority: 'ERROR',
    }),
    rule({
      rule: 'Unexpected connection from an engine container',
      desc: 'The engine connects to Redis and to the services that it was told of.',
      condition: `wedsync_connects and wedsync_engine and not fd.sport in (${portList(engine.ports)})`,
      output: `Unexpected connection from an engine container (${WHO} connection=%fd.name)`,
      priority: 'ERROR',
    }),
    rule({
      rule: 'Foreign write to the data of Redis',
      desc: 'Nothing but Redis opens its files for writing: what stands there is what Redis replays at its next start.',
      condition:
        'wedsync_redis_node and proc.name != redis-server and evt.type in (open, openat, openat2, creat) ' +
        `and evt.is_open_write = true and fd.name startswith ${redis.dataPath}/`,
      output: `Foreign write to the data of Redis (${WHO} file=%fd.name)`,
      priority: 'CRITICAL',
    }),
    rule({
      rule: 'Foreign removal of the data of Redis',
      desc: 'Nothing but Redis removes or renames its files.',
      condition:
        'wedsync_redis_node and proc.name != redis-server and ' +
        `((evt.type in (unlink, unlinkat, rmdir) and fs.path.name startswith ${redis.dataPath}/) or ` +
        `(evt.type in (rename, renameat, renameat2) and (fs.path.source startswith ${redis.dataPath}/ or fs.path.target startswith ${redis.dataPath}/)))`,
      output: `Foreign removal of the data of Redis (${WHO} file=%fs.path.name)`,
      priority: 'CRITICAL',
    }),
    rule({
      rule: 'Ruling command by redis-cli',
      desc:
        'A command on the command line of redis-cli that changes what Redis is, or empties it. What is typed into a ' +
        "session is not seen here; users without that right find their refusal in Redis' ACL LOG.",
      condition:
        `wedsync_starts_program and k8s.ns.name in (${inRegion.join(', ')}) and proc.name = redis-cli and ` +
        `(${RULING_COMMANDS.map((command) => `proc.args icontains "${command}"`).join(' or ')})`,
      // Not the whole command line: a password may be among its words.
      output:
        'Ruling command by redis-cli (pod=%k8s.pod.name container=%container.name parent=%proc.pname user=%user.uid)',
      priority: 'CRITICAL',
    }),
    rule({
      rule: "Foreign read of the engine's secrets",
      desc: 'The engine alone reads its passwords and keys.',
      condition:
        'wedsync_engine and proc.name != node and evt.type in (open, openat, openat2) and evt.is_open_read = true ' +
        `and fd.name startswith ${engine.secretsPath}/`,
      output: `Foreign read of the engine's secrets (${WHO} file=%fd.name)`,
      priority: 'CRITICAL',
    }),
  ];
}

/** The rules as the file that Falco's chart takes. JSON is YAML, and needs nobody to quote for it. */
export function falcoRulesFile(figures: FalcoFigures): Record<string, string> {
  return { 'wedsync-rules.yaml': `${JSON.stringify(falcoRules(figures), null, 2)}\n` };
}

function rule(fields: Omit<FalcoRule, 'source' | 'tags'>): FalcoRule {
  return { ...fields, source: 'syscall', tags: ['wedsync', 'container'] };
}

function portList(ports: readonly number[]): string {
  return [...new Set([DNS_PORT, ...ports])].sort((a, b) => a - b).join(', ');
}

/**
 * A Slurm of one node on this machine: munge, a controller and a node daemon of their own, with files, sockets and
 * ports that disturb no other.
 */
import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLAIN_ENVIRONMENT } from '../scripts/process.js';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol', 'sinfo'];

/** Why there can be no Slurm here, or false. Where .ci/run says so, there has to be one. */
export function noSlurm(): string | false {
  const missing = PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length === 0) return false;
  const reason = `Slurm needs what is not here: ${missing.join(', ')}`;
  if (process.env.DS2P_TEST_ALL === '1') throw new Error(reason);
  return reason;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const configuration = (folder: string, ports: readonly [number, number]): string => `ClusterName=test
SlurmctldHost=localhost
AuthType=auth/munge
CredType=cred/munge
# A job that is requeued waits for this many seconds.
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
SlurmUser=root
SlurmdUser=root
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
ReturnToService=2
# More CPUs than the machine has, so that four tasks run at once anywhere.
SlurmdParameters=config_overrides
KillWait=5
NodeName=localhost NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=main Nodes=localhost Default=YES MaxTime=INFINITE State=UP
`;

export class Cluster {
  private constructor(readonly folder: string) {}

  /** Variables with which the programs of Slurm find this one. */
  get env(): Readonly<Record<string, string>> {
    return { SLURM_CONF: join(this.folder, 'slurm.conf') };
  }

  /** Starts everything, and waits until the node takes jobs. */
  static async start(): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'ds2p-slurm-'));
    // Munge trusts a socket in a folder only that others cannot change.
    chmodSync(folder, 0o755);
    for (const name of ['state', 'spool']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'munge.key'), randomBytes(128), { mode: 0o400 });
    writeFileSync(join(folder, 'slurm.conf'), configuration(folder, [await freePort(), await freePort()]));
    const cluster = new Cluster(folder);
    try {
      const path = (name: string) => join(folder, name);
      cluster.run('munged', [
        '--force',
        `--socket=${path('munge.socket')}`,
        `--key-file=${path('munge.key')}`,
        `--pid-file=${path('munged.pid')}`,
        `--log-file=${path('munged.log')}`,
        `--seed-file=${path('munge.seed')}`,
      ]);
      cluster.run('slurmctld', ['-f', path('slurm.conf')]);
      cluster.run('slurmd', ['-f', path('slurm.conf'), '-N', 'localhost']);
      await cluster.until(
        'the node is idle',
        () => cluster.run('sinfo', ['-h', '-o', '%T']).trim() === 'idle',
      );
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  run(program: string, words: readonly string[]): string {
    return execFileSync(program, words, {
      encoding: 'utf8',
      env: { ...PLAIN_ENVIRONMENT, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** The same, where it may fail. */
  tried(program: string, words: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(program, words, { encoding: 'utf8', env: { ...PLAIN_ENVIRONMENT, ...this.env } });
  }

  /** Waits for a condition. @throws Error with the log of the controller after two minutes. */
  async until(what: string, holds: () => boolean): Promise<void> {
    for (let i = 0; i < 600; i++) {
      try {
        if (holds()) return;
      } catch {
        // A daemon that starts does not answer yet.
      }
      await sleep(200);
    }
    const queue = this.tried('squeue', []).stdout;
    throw new Error(
      `Slurm: it did not come that ${what}.\n${queue}\n${readFileSync(join(this.folder, 'slurmctld.log'), 'utf8').slice(-4000)}`,
    );
  }

  /** Waits until no job is left. */
  idle(): Promise<void> {
    return this.until('the queue is empty', () => this.run('squeue', ['-h']).trim() === '');
  }

  /** Ends the daemons, and whatever they run. */
  async stop(): Promise<void> {
    this.tried('scancel', ['--user=root']);
    this.tried('scontrol', ['shutdown']);
    await sleep(1000);
    for (const name of ['slurmd', 'slurmctld', 'munged'])
      try {
        process.kill(Number(readFileSync(join(this.folder, `${name}.pid`), 'utf8')), 'SIGTERM');
      } catch {
        // It has ended, or was never started.
      }
    await sleep(500);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What runs on the bench, as seen from the shell: enough to go on with it after the engine crashed. Pure bookkeeping. */
import type { Answer, BenchState, CallName, Event, Input } from '../engine/contract/calls.js';

type Wish = Pick<Input<'bench.resume'>, 'interface' | 'address' | 'dhcp' | 'despite'>;

export class RunningBench {
  #bench: BenchState | null = null;
  #wish: Wish | undefined;

  get runs(): boolean {
    return this.#bench !== null;
  }

  /** Takes note of what an event says about the bench. */
  hear(event: Event): void {
    if (event.kind === 'batch' && event.bench !== undefined) this.#bench = event.bench;
  }

  /** Takes note of how a bench was started, for only the person's own words (`despite`) may be used again. */
  called(name: CallName, input: unknown, answer: Answer): void {
    if (!answer.ok) return;
    if (name === 'bench.start' || name === 'bench.resume') this.#wish = wishOf(input as Wish);
    else if (name === 'bench.demo') this.#wish = undefined;
    else if (name === 'bench.stop') this.#bench = null;
  }

  /** The call that goes on with it; undefined when nothing runs. */
  goOn(): Input<'bench.resume'> | undefined {
    if (this.#bench === null || this.#bench.state === 'stopping') return undefined;
    const { job, interface: name, ports } = this.#bench;
    return { job: job.id, ...(this.#wish ?? { interface: name, dhcp: ports.dhcp !== undefined }) };
  }

  /** It could not be gone on with. */
  forget(): void {
    this.#bench = null;
  }
}

function wishOf({ interface: name, address, dhcp, despite }: Wish): Wish {
  return { interface: name, dhcp, ...(address === undefined ? {} : { address }), ...(despite === undefined ? {} : { despite }) };
}

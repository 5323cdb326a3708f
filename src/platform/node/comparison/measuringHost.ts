// A process's own time and memory, as far as it can know them.
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { MeasuringHost } from '../../../classic/floor.ts';
import { onnxRuntimeEngine } from '../engine/onnxRuntime.ts';

/**
 * The host of a process that measures one system.
 *
 * On Linux the peak of memory is the kernel's, which a process can reset. Elsewhere it is the peak of the process's
 * whole life.
 */
export function measuringHost(): MeasuringHost {
  return {
    engine: onnxRuntimeEngine,
    now: () => performance.now(),
    processorTime() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    memory() {
      collectGarbage();
      return process.memoryUsage.rss();
    },
    forgetPeak() {
      try {
        writeFileSync('/proc/self/clear_refs', '5'); // 5: "reset the peak resident set size", proc(5)
      } catch {
        // Not Linux, or not allowed: the peak covers the whole life.
      }
    },
    peakMemory() {
      try {
        const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
        if (kilobytes !== undefined) return 1024 * Number(kilobytes);
      } catch {
        // As above.
      }
      return 1024 * process.resourceUsage().maxRSS;
    },
  };
}

/** Frees unreachable memory: leftovers of opening the data must not hide what a system takes. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // Another thread returns the memory of typed arrays; the next collection waits for it.
  collect();
}

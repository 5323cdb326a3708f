// What a process can say of its own time and memory.
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { MeasuringHost } from '../../../classic/floor.ts';
import { onnxRuntimeEngine } from '../engine/onnxRuntime.ts';

/**
 * The host of a process that measures one system.
 *
 * The peak of memory is the kernel's where the system is Linux, which lets a process forget it; elsewhere it is that of the process's
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
        // Not Linux, or not allowed: the peak is that of the whole life.
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

/** Frees what nothing holds any more: what opening the data left behind must not hide what a system takes. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // The memory of typed arrays is handed back in another thread, for which the next collection waits.
  collect();
}

import { Injectable } from '@angular/core';
import type { Priority } from '@herald/protocol';

/** Frequencies in Hz of a chime's notes, in sequence. More urgent chimes are higher and longer. */
const NOTES: Record<Priority, readonly number[]> = {
  high: [880, 1174.66, 880, 1174.66],
  medium: [659.25, 880],
  low: [523.25],
};
const NOTE_SECONDS = 0.14;
/** Each note fades over the next ones, like a struck bell. */
const FADE_SECONDS = 0.4;
const VOLUME = 0.12;
/** Minimum time between chimes, so that a burst plays one. */
const PAUSE_MS = 1000;

/** A short, soft sound, synthesized rather than loaded. */
@Injectable({ providedIn: 'root' })
export class Chime {
  #context: AudioContext | undefined;
  #playedAt = -Infinity;

  /** Silent until the person has clicked or typed on the page, as browsers require. */
  play(priority: Priority): void {
    if (!navigator.userActivation.hasBeenActive || performance.now() - this.#playedAt < PAUSE_MS) return;
    this.#playedAt = performance.now();
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume();
    NOTES[priority].forEach((frequency, n) => ring(context, frequency, context.currentTime + n * NOTE_SECONDS));
  }
}

function ring(context: AudioContext, frequency: number, at: number): void {
  const note = new OscillatorNode(context, { type: 'sine', frequency });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  // Ramps from and to silence; a step would click.
  volume.gain.linearRampToValueAtTime(VOLUME, at + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + FADE_SECONDS);
  note.connect(volume).connect(context.destination);
  note.start(at);
  note.stop(at + FADE_SECONDS);
}

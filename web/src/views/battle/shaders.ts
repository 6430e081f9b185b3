/** What the graphics card does with a ship seen from afar, and with a death: round points whose light tells how whole she is. */

export const VERTEX = `
attribute float size;
attribute vec3 tone;
attribute vec2 state;
varying vec3 vTone;
varying vec2 vState;
uniform float scale;
uniform float least;
void main() {
  vTone = tone;
  vState = state;
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  gl_PointSize = clamp(size * scale / max(0.001, -seen.z), least * (0.75 + size), 26.0);
  gl_Position = projectionMatrix * seen;
}`;

export const FRAGMENT = `
varying vec3 vTone;
varying vec2 vState;
uniform float dark;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float far = dot(at, at);
  if (far > 1.0) discard;
  float core = smoothstep(1.0, 0.25, far);
  // Whole shields shine white in the middle; a hurt hull is dim.
  vec3 tone = mix(vTone, vec3(dark), 0.45 * vState.x * smoothstep(0.5, 0.0, far));
  gl_FragColor = vec4(tone * (0.45 + 0.55 * vState.y), core * (0.55 + 0.45 * vState.y));
}`;

export const BLAST_FRAGMENT = `
varying vec3 vTone;
varying vec2 vState;
void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float far = length(at);
  if (far > 1.0) discard;
  float ring = smoothstep(0.25, 0.0, abs(far - vState.x * 0.85));
  float core = smoothstep(1.0 - vState.x, 0.0, far);
  gl_FragColor = vec4(vTone, (ring * 0.7 + core) * (1.0 - vState.x));
}`;

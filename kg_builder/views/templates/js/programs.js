// What sigma.js has not: nodes in the shapes of the legend, and hair lines that fade where there are many.

HTMLCanvasElement.prototype.getContext = window.drawingOf;
const { NodeProgram, EdgeProgram } = Sigma.rendering;
const { floatColor } = Sigma.utils;
const { FLOAT, UNSIGNED_BYTE, POINTS, LINES } = WebGLRenderingContext;
const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"];

// A node is a point as large as its shape needs; the fragment shader fills what lies inside. (Instances of a triangle,
// as sigma.js draws them, take a graphics card of software a hundred times as long.)
const NODE_VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying float v_pixel;
varying float v_shape;
void main() {
  float radius = max(a_size / u_sizeRatio * u_pixelRatio, 0.7);
  // Within three pixels no shape can be told: there a point is a square as large as the circle.
  bool tiny = radius < 1.5;
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = (tiny ? 1.77 : 2.6) * radius;
  v_color = a_color;
  v_pixel = 1.0 / radius;
  v_shape = tiny ? TINY : a_shape;
}`.replace("TINY", "-1.0");

// Distances to the outlines, after Inigo Quilez, "2D distance functions"; a circle has the radius 1.
const NODE_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_pixel;
varying float v_shape;
const vec2 FOLD = vec2(0.809017, -0.587785);
float away(vec2 p, int shape) {
  vec2 a = abs(p);
  if (shape == 1) return max(a.x, a.y) - 0.86;
  if (shape == 2) return (a.x + a.y - 1.2) * 0.707;
  if (shape == 3) return max(a.x * 0.866 + p.y * 0.5, -p.y) - 0.62;
  if (shape == 4) return max(a.x * 0.866 - p.y * 0.5, p.y) - 0.62;
  if (shape == 5) return max(a.y, a.x * 0.866 + a.y * 0.5) - 0.92;
  if (shape == 6) {
    // A fifth of the star, the others being turned onto it.
    vec2 q = vec2(a.x, p.y);
    q -= 2.0 * max(dot(FOLD, q), 0.0) * FOLD;
    q -= 2.0 * max(dot(vec2(-FOLD.x, FOLD.y), q), 0.0) * vec2(-FOLD.x, FOLD.y);
    return dot(vec2(abs(q.x), q.y) - vec2(0.0, 1.1), vec2(0.76, 0.33));
  }
  return length(p) - 1.0;
}
void main() {
  if (v_shape < 0.0) {
    gl_FragColor = vec4(v_color.rgb, 1.0) * v_color.a;
    return;
  }
  vec2 at = (gl_PointCoord * 2.0 - 1.0) * vec2(1.3, -1.3);
  float inside = 1.0 - smoothstep(-0.7 * v_pixel, 0.7 * v_pixel, away(at, int(v_shape + 0.5)));
  // A hidden node has no colour.
  gl_FragColor = vec4(v_color.rgb, 1.0) * inside * v_color.a;
}`;

class ShapeProgram extends NodeProgram {
  // Without a buffer for picking: what lies under the pointer is found without the graphics card.
  constructor(gl, picking, renderer) {
    super(gl, null, renderer);
  }

  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: POINTS,
      UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(index, start, item) {
    const shape = Math.max(SHAPES.indexOf(item.shape), 0);
    this.array.set([item.x, item.y, item.size, shape, floatColor(item.color)], start);
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}

const EDGE_VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
uniform mat3 u_matrix;
uniform float u_opacity;
varying vec4 v_color;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float opacity = min(a_color.a * u_opacity, 1.0);
  v_color = vec4(a_color.rgb * opacity, opacity);
}`;

const EDGE_FRAGMENT = `
precision mediump float;
varying vec4 v_color;
void main() {
  gl_FragColor = v_color;
}`;

// How opaque lines are; the nearer the reader, the more.
let lineOpacity = 1;

class HairlineProgram extends EdgeProgram {
  constructor(gl, picking, renderer) {
    super(gl, null, renderer);
  }

  getDefinition() {
    return {
      VERTICES: 2,
      VERTEX_SHADER_SOURCE: EDGE_VERTEX,
      FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
      METHOD: LINES,
      UNIFORMS: ["u_matrix", "u_opacity"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(index, start, source, target, item) {
    const colour = floatColor(item.color);
    this.array.set([source.x, source.y, colour, target.x, target.y, colour], start);
  }

  setUniforms({ matrix }, { gl, uniformLocations }) {
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    gl.uniform1f(uniformLocations.u_opacity, lineOpacity);
  }
}

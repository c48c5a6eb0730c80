package org.stic.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds places for short labels beside points so that none covers another label or another point,
 * as far as there is room. Lengths are in the picture's pixels.
 */
final class LabelPlaces {
  private static final double CHARACTER_WIDTH = 6.5;
  private static final double LINE_HEIGHT = 12;
  private static final double DOT = 7;
  private static final int DIRECTIONS = 16;
  private static final int RINGS = 14;
  private static final double FIRST_RING = 12;
  private static final double RING_STEP = 8;

  private final double width;
  private final double height;
  private final List<Box> taken = new ArrayList<>();

  /** A rectangle by its centre. */
  record Box(double x, double y, double width, double height) {
    boolean touches(Box other) {
      return Math.abs(x - other.x) < (width + other.width) / 2
          && Math.abs(y - other.y) < (height + other.height) / 2;
    }
  }

  /** A label's centre. */
  record Place(double x, double y) {}

  /** In a picture of this size; the points are obstacles. */
  LabelPlaces(double width, double height, List<Place> points) {
    this.width = width;
    this.height = height;
    points.forEach(point -> taken.add(new Box(point.x(), point.y(), DOT, DOT)));
  }

  /** About how wide a text is. */
  static double width(String text) {
    return CHARACTER_WIDTH * text.length();
  }

  /** Keeps a place for a text that ends there. */
  void keepBefore(Place end, String text) {
    double textWidth = width(text);
    taken.add(new Box(end.x() - textWidth / 2, end.y(), textWidth, LINE_HEIGHT));
  }

  /** A free place near a point for a text, beginning above it; the nearest where none is free. */
  Place find(Place point, String text) {
    double textWidth = width(text);
    Place nearest = null;
    for (int ring = 0; ring < RINGS; ring++) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        Place place = around(point, ring, direction, textWidth);
        nearest = nearest == null ? place : nearest;
        Box box = new Box(place.x(), place.y(), textWidth, LINE_HEIGHT);
        if (isInside(box) && taken.stream().noneMatch(box::touches)) {
          taken.add(box);
          return place;
        }
      }
    }
    return nearest;
  }

  private static Place around(Place point, int ring, int direction, double textWidth) {
    double angle = Math.PI / 2 + 2 * Math.PI * direction / DIRECTIONS;
    double radius = FIRST_RING + RING_STEP * ring;
    double stretch = Math.max(1, textWidth / 2 / FIRST_RING);
    return new Place(
        point.x() + radius * stretch * Math.cos(angle), point.y() + radius * Math.sin(angle));
  }

  private boolean isInside(Box box) {
    return box.x() - box.width() / 2 > 0
        && box.x() + box.width() / 2 < width
        && box.y() - box.height() / 2 > 0
        && box.y() + box.height() / 2 < height;
  }
}

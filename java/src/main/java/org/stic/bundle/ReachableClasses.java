package org.stic.bundle;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes that others name, directly or through further classes: in code, in signatures, or in
 * a text as a reflective call would. A name that only comes into being at run time is not seen;
 * libraries that make such names are kept whole.
 */
final class ReachableClasses {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$/.\\-]+");

  private final Map<String, byte[]> classes;
  private final Set<String> reached = new TreeSet<>();
  private final Deque<String> unread = new ArrayDeque<>();

  /**
   * Prepares for the classes of all libraries.
   *
   * @param classes bytes by internal name, such as {@code java/lang/Object}
   */
  ReachableClasses(Map<String, byte[]> classes) {
    this.classes = classes;
  }

  /** The roots among the classes, and what they reach. */
  Set<String> from(Collection<String> roots) {
    roots.forEach(this::reach);
    while (!unread.isEmpty()) {
      for (PoolEntry entry : ClassFile.of().parse(classes.get(unread.pop())).constantPool()) {
        if (entry instanceof Utf8Entry text) {
          reachNamesOf(text.stringValue());
        }
      }
    }
    return reached;
  }

  private void reachNamesOf(String text) {
    for (Matcher word = NAME.matcher(text); word.find(); ) {
      String name = word.group().replace('.', '/');
      reach(name);
      // A descriptor writes a class as L, its name and a semicolon, after any number of other
      // letters.
      for (int at = name.indexOf('L');
          at >= 0 && at < name.length();
          at = name.indexOf('L', at + 1)) {
        reach(name.substring(at + 1));
      }
    }
  }

  private void reach(String name) {
    if (classes.containsKey(name) && reached.add(name)) {
      unread.push(name);
    }
  }
}

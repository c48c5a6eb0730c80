package org.stic.bundle;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.util.Map;

/** Writes classes without what only debuggers and stack traces read: lines and local variables. */
final class LeanClass {
  private final Map<String, byte[]> classes;
  private final ClassFile format;

  /**
   * Prepares for classes, by internal name, which may name each other and Java's own.
   *
   * @param lines what becomes of the line numbers
   */
  LeanClass(Map<String, byte[]> classes, ClassFile.LineNumbersOption lines) {
    this.classes = classes;
    this.format =
        ClassFile.of(
            ClassFile.DebugElementsOption.DROP_DEBUG,
            lines,
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::find)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
  }

  /** The class without debugging information; as it is where it extends what is not there. */
  byte[] of(byte[] bytes) {
    try {
      return format.transformClass(format.parse(bytes), ClassTransform.ACCEPT_ALL);
    } catch (IllegalArgumentException _) {
      return bytes;
    }
  }

  private InputStream find(ClassDesc name) {
    String descriptor = name.descriptorString();
    byte[] bytes = classes.get(descriptor.substring(1, descriptor.length() - 1));
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }
}

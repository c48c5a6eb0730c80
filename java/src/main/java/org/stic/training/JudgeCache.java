package org.stic.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.data.ImageDataset;
import org.stic.model.Safetensors;
import org.stic.model.SafetensorsException;
import org.stic.model.SafetensorsReader;
import org.stic.model.SafetensorsWriter;
import org.stic.model.StoredTensor;
import org.stic.settings.JudgeSettings;

/**
 * Judges trained once and kept in a folder. The file's name carries a digest of the training
 * images, the settings and the architecture, so that a change of any of them trains another judge.
 *
 * @param folder where the files are
 */
public record JudgeCache(Path folder) {
  /** Changes with the judge's architecture or training. */
  private static final String RECIPE = "judge-network-2";

  private static final String DIGEST = "digest";
  private static final int DIGEST_LETTERS = 12;

  /**
   * The judge of a data set, trained now if the folder does not have it; the caller closes it.
   *
   * @param train the full training set
   * @param test the images that measure the judge itself, once
   */
  public TrainedJudge obtain(
      Device device,
      ImageDataset train,
      ImageDataset test,
      JudgeSettings settings,
      TrainingListener listener)
      throws IOException {
    String digest = digest(settings, train, test);
    String name = "judge-%s-%s".formatted(train.name(), digest.substring(0, DIGEST_LETTERS));
    Path file = folder.resolve(name + ".safetensors");
    TrainedJudge judge = new TrainedJudge(device, name, train);
    try {
      if (!Files.exists(file)) {
        JudgeTrainer.train(device, judge, train, settings, listener);
        judge.measure(test);
        save(judge, file, settings, digest);
      }
      load(judge, file, digest);
      return judge;
    } catch (IOException | RuntimeException e) {
      judge.close();
      throw e;
    }
  }

  private void save(TrainedJudge judge, Path file, JudgeSettings settings, String digest)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(DIGEST, digest);
    metadata.put("settings", settings.toString());
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    judge.store(tensors, metadata);
    SafetensorsWriter.write(new Safetensors(file, metadata, tensors));
  }

  /** A judge that was just trained is read back too, so that its first use is like all others. */
  private static void load(TrainedJudge judge, Path file, String digest) throws IOException {
    Safetensors content = SafetensorsReader.read(file);
    if (!content.text(DIGEST).equals(digest)) {
      throw new SafetensorsException(
          file, "is the judge of other data or settings; delete it, and it is trained again");
    }
    judge.restore(content);
  }

  private static String digest(JudgeSettings settings, ImageDataset... sets) {
    MessageDigest digest = sha256();
    digest.update((RECIPE + settings).getBytes(StandardCharsets.UTF_8));
    for (ImageDataset set : sets) {
      set.update(digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package org.stic.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.stic.cuda.Device;
import org.stic.graph.Gradients;
import org.stic.graph.Graph;
import org.stic.graph.Ops;
import org.stic.graph.Program;
import org.stic.graph.Shape;
import org.stic.graph.Tensor;
import org.stic.graph.Variable;
import org.stic.graph.op.AdamEffect;
import org.stic.graph.op.IncrementEffect;
import org.stic.kernels.Cost;
import org.stic.model.ConvClassifier;
import org.stic.model.Parameter;
import org.stic.model.ParameterStore;
import org.stic.model.Weights;
import org.stic.objective.BatchView;
import org.stic.objective.Objective;
import org.stic.random.Purpose;
import org.stic.settings.BatchSettings;
import org.stic.settings.ObjectiveSettings;

/**
 * One update of the recipe's classifier: loss A on 64 real, 32 mixed, 48 hard and 24 soft images
 * with noise, its gradient, the norm clipped at 5, Adam. The result is the clipped gradient of the
 * images without noise.
 */
record TrainingStepSubject() implements Subject {
  private static final BatchSettings KINDS = new BatchSettings(64, 32, 48, 24);
  private static final float INPUT_NOISE = 0.03f;

  /** Rate, beta 1, beta 2, epsilon, clipped norm, weight decay; two are not used. */
  private static final float[] HYPER = {1e-3f, 0, 0.999f, 1e-8f, 5, 0, 0, 0};

  @Override
  public String name() {
    return "training-step:" + KINDS.total();
  }

  @Override
  public List<Operand> operands() {
    ConvClassifier classifier = RecipeNetwork.classifier();
    List<Operand> operands = new ArrayList<>(RecipeNetwork.parameters(classifier.parameters()));
    operands.add(RecipeNetwork.images(KINDS.total()));
    operands.add(RecipeNetwork.classWeights(KINDS.total()));
    return operands;
  }

  @Override
  public Side ours(Device device, List<Operand> operands) {
    Map<String, Operand> named = RecipeNetwork.byName(operands);
    Update quiet = new Update(device, named, 0);
    Update timed = new Update(device, named, INPUT_NOISE);
    return DeviceSide.of(
        device,
        timed.program,
        () -> {
          quiet.program.run();
          return quiet.clippedGradient();
        },
        List.of(timed, quiet.program, quiet));
  }

  /** Parameters, their optimizer and the program that updates them; closes all but the program. */
  private static final class Update implements AutoCloseable {
    private final ConvClassifier classifier = RecipeNetwork.classifier();
    private final List<Parameter> parameters = classifier.parameters();
    private final ParameterStore weights;
    private final ParameterStore gradients;
    private final List<Variable> memory = new ArrayList<>();
    private final ParameterStore mean;
    private final Program program;

    Update(Device device, Map<String, Operand> operands, float noise) {
      weights = RecipeNetwork.store(device, parameters, operands);
      gradients = new ParameterStore(device, "gradients", parameters);
      mean = new ParameterStore(device, "mean", parameters);
      Graph graph = new Graph();
      Weights read = weights.read(graph);
      Variable updates = counter(device, "updates");
      Tensor images = graph.read(uploaded(device, operands.get("images")));
      Tensor normal =
          Ops.normal(graph.read(updates), 1, Purpose.INPUT_NOISE.code(), images.shape());
      Tensor noisy = noise == 0 ? images : Ops.add(images, Ops.scale(normal, noise));
      Tensor classWeights = graph.read(uploaded(device, operands.get("class-weights")));
      minimise(device, graph, read, loss(noisy, classWeights, read));
      graph.effect(new IncrementEffect(updates));
      program = Program.compile(device, graph);
    }

    private Tensor loss(Tensor images, Tensor classWeights, Weights read) {
      BatchView view =
          new BatchView(
              images,
              classifier.apply(images, read).logits(),
              classWeights,
              KINDS,
              others -> classifier.apply(others, read).logits(),
              shape -> images.graph().constant(shape, 0));
      ObjectiveSettings recipe = new ObjectiveSettings.Introspective(1, 0.3, 0.15);
      return Objective.sum(Objective.ofPass(recipe, KINDS, 0), view);
    }

    private void minimise(Device device, Graph graph, Weights read, Tensor loss) {
      List<Tensor> wanted = parameters.stream().map(Parameter::name).map(read::get).toList();
      List<Tensor> parts = Gradients.of(loss, wanted);
      for (int index = 0; index < parts.size(); index++) {
        graph.assign(gradients.view(parameters.get(index).name()), parts.get(index));
      }
      Tensor gradient = graph.read(gradients.all());
      Variable variance = Variable.allocate(device, "variance", weights.trained().shape());
      Variable hyper = Variable.allocate(device, "hyper", Shape.of(HYPER.length));
      hyper.upload(HYPER);
      Variable adamStep = counter(device, "adam-step");
      memory.addAll(List.of(variance, hyper));
      graph.effect(
          new AdamEffect(
              weights.trained(),
              mean.trained(),
              variance,
              gradient,
              Ops.norm(gradient),
              graph.read(hyper),
              graph.read(adamStep)));
      graph.effect(new IncrementEffect(adamStep));
    }

    private Variable uploaded(Device device, Operand operand) {
      Variable variable = Variable.allocate(device, operand.name(), Shape.of(operand.sizes()));
      variable.upload(operand.values());
      memory.add(variable);
      return variable;
    }

    private Variable counter(Device device, String name) {
      Variable counter = Variable.allocateCounters(device, name, Shape.of(1));
      memory.add(counter);
      return counter;
    }

    /** The first moment of the first step: beta 1 is 0. */
    float[] clippedGradient() {
      return parameters.stream()
          .map(parameter -> mean.view(parameter.name()).download())
          .reduce(new float[0], GramGradientSubject::joined);
    }

    @Override
    public void close() {
      memory.forEach(Variable::close);
      mean.close();
      gradients.close();
      weights.close();
    }
  }

  /** None by definition: what an update needs is what its network's kernels need. */
  @Override
  public Cost cost() {
    return Cost.NONE;
  }
}

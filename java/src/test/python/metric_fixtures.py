#!/usr/bin/env python3
"""Reference values of the metrics from SciPy and scikit-learn, independent of the Java code.

Run with Debian's packages python3-numpy, python3-scipy and python3-sklearn:

    python3 java/src/test/python/metric_fixtures.py

It rewrites java/src/test/resources/org/stic/metrics/reference.json: inputs in single precision and
the values that other people's code gives for them. MetricReferenceTest compares. Each formula is
the library's own where it has one; the others are written down as in the papers' own code, named
beside them.
"""
import json
import pathlib

import numpy as np
import scipy
import scipy.linalg
import scipy.special
import scipy.stats
import sklearn
import sklearn.metrics
import sklearn.metrics.pairwise
import sklearn.neighbors

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/stic/metrics/reference.json"


def floats(array):
    """Numbers that survive the way through a Java float unchanged."""
    return [float(str(x)) for x in np.asarray(array, dtype=np.float32).ravel()]


def classification(random):
    """Logits of 203 images of 7 classes, with equal logits in some rows."""
    logits = (random.normal(size=(203, 7)) * 3).astype(np.float32)
    labels = random.integers(0, 7, 203)
    logits[np.arange(203), labels] += 2
    logits[::20] = np.round(logits[::20])
    exact = logits.astype(np.float64)
    probabilities = scipy.special.softmax(exact, axis=1)
    predicted = probabilities.argmax(axis=1)
    # Top-k by numpy's stable sort: of equal scores the lower class comes first.
    order = np.argsort(-exact, axis=1, kind="stable")
    confidence = probabilities.max(axis=1)
    bins = []
    error = 0.0
    for b in range(15):  # Guo et al.'s own loop: (lower, upper]
        inside = (confidence > b / 15) & (confidence <= (b + 1) / 15)
        if inside.any():
            right = (predicted == labels)[inside].mean()
            error += abs(right - confidence[inside].mean()) * inside.mean()
            bins.append([int(inside.sum()), float(confidence[inside].mean()), float(right)])
        else:
            bins.append([0, None, None])
    return {
        "logits": floats(logits),
        "classes": 7,
        "labels": labels.tolist(),
        "accuracy": sklearn.metrics.accuracy_score(labels, predicted),
        "top_five_accuracy": float((order[:, :5] == labels[:, None]).any(axis=1).mean()),
        "negative_log_likelihood": sklearn.metrics.log_loss(labels, probabilities, labels=range(7)),
        "expected_calibration_error": float(error),
        "bins": bins,
        "confusion": sklearn.metrics.confusion_matrix(labels, predicted, labels=range(7)).tolist(),
        "classifier_score": score(probabilities.astype(np.float32)),
        "classifier_score_of_4_parts": [
            score(part) for part in np.split(probabilities.astype(np.float32)[:200], 4)
        ],
    }


def score(probabilities):
    """exp of the mean of SciPy's relative entropy of rows and their mean."""
    p = probabilities.astype(np.float64)
    return float(np.exp(scipy.special.rel_entr(p, p.mean(axis=0)).sum(axis=1).mean()))


def areas(random):
    """Scores with and without ties."""
    cases = []
    for higher, lower in [
        (random.normal(size=57) + 0.7, random.normal(size=31)),
        (random.integers(0, 4, 50).astype(float), random.integers(0, 3, 40).astype(float)),
        (np.zeros(5), np.zeros(7)),
        (np.array([1.0]), np.array([2.0])),
    ]:
        truth = np.r_[np.ones(len(higher)), np.zeros(len(lower))]
        cases.append(
            {
                "higher": higher.tolist(),
                "lower": lower.tolist(),
                "area": sklearn.metrics.roc_auc_score(truth, np.r_[higher, lower]),
            }
        )
    return cases


def frechet(a, b):
    """tr (C1 C2)^(1/2) as the sum of singular values of A B^T, A and B being the centred features,
    which also holds where a covariance is singular; where none is, it must agree with pytorch-fid's
    formula, SciPy's sqrtm."""
    a, b = a.astype(np.float64), b.astype(np.float64)
    c1, c2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    mean_a, mean_b = a.mean(axis=0), b.mean(axis=0)
    scale = np.sqrt((len(a) - 1) * (len(b) - 1))
    root = scipy.linalg.svdvals((a - mean_a) @ (b - mean_b).T).sum() / scale
    if min(np.linalg.matrix_rank(c1), np.linalg.matrix_rank(c2)) == len(c1):
        assert np.isclose(root, np.trace(scipy.linalg.sqrtm(c1 @ c2)).real, rtol=1e-9)
    shift = mean_a - mean_b
    return float(shift @ shift + np.trace(c1) + np.trace(c2) - 2 * root)


def kernel_distance(a, b):
    """Unbiased MMD^2 of all images with scikit-learn's polynomial kernel."""
    a, b = a.astype(np.float64), b.astype(np.float64)

    def kernel(x, y):
        return sklearn.metrics.pairwise.polynomial_kernel(x, y, degree=3, coef0=1)

    def off_diagonal(matrix):
        n = len(matrix)
        return (matrix.sum() - np.trace(matrix)) / (n * (n - 1))

    return float(off_diagonal(kernel(a, a)) + off_diagonal(kernel(b, b)) - 2 * kernel(a, b).mean())


def coverage(fake, real, k):
    """Naeem et al.'s four figures with scikit-learn's nearest neighbours."""
    fake, real = fake.astype(np.float64), real.astype(np.float64)

    def radii(points):
        search = sklearn.neighbors.NearestNeighbors(n_neighbors=k + 1).fit(points)
        return search.kneighbors(points)[0][:, -1]

    distance = sklearn.metrics.pairwise_distances(real, fake)
    real_radii, fake_radii = radii(real), radii(fake)
    return {
        "precision": float((distance < real_radii[:, None]).any(axis=0).mean()),
        "recall": float((distance < fake_radii[None, :]).any(axis=1).mean()),
        "density": float((distance < real_radii[:, None]).sum(axis=0).mean() / k),
        "coverage": float((distance.min(axis=1) < real_radii).mean()),
    }


def feature_sets(random):
    """Pairs of sets: alike, apart, of one rank less than wide, and with fewer rows than columns."""
    mix = random.normal(size=(9, 9))
    alike = random.normal(size=(120, 9)) @ mix, random.normal(size=(101, 9)) @ mix
    apart = random.normal(size=(90, 5)) + 1.5, 2 * random.normal(size=(77, 5))
    flat = random.normal(size=(60, 6))
    flat[:, 5] = flat[:, 0] - flat[:, 1]
    few = random.normal(size=(9, 16)), random.normal(size=(33, 16)) * 0.5
    constant = random.normal(size=(40, 4))
    constant[:, 2] = 3
    pairs = {
        "alike": alike,
        "apart": apart,
        "dependent columns": (flat, random.normal(size=(50, 6))),
        "fewer rows than columns": few,
        "constant column in both": (constant, constant[::-1] + [1, 0, 0, 0]),
        "far from the origin": (random.normal(size=(80, 4)) + 50, random.normal(size=(70, 4)) + 51),
    }
    cases = []
    for name, (one, other) in pairs.items():
        one, other = one.astype(np.float32), other.astype(np.float32)
        cases.append(
            {
                "name": name,
                "width": one.shape[1],
                "one": floats(one),
                "other": floats(other),
                "frechet_distance": frechet(one, other),
                "kernel_distance": kernel_distance(one[: len(other)], other[: len(one)]),
                "k": 3,
                **coverage(one, other, 3),
            }
        )
    return cases


def main():
    random = np.random.default_rng(2026)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    reference = {
        "made_by": f"numpy {np.__version__}, scipy {scipy.__version__}, "
        f"scikit-learn {sklearn.__version__}",
        "classification": classification(random),
        "areas_under_roc": areas(random),
        "feature_sets": feature_sets(random),
    }
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in reference.items()]
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()

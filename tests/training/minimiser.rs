use marsad::training::{L1, Lbfgs, Objective};

fn minimiser(l1: Option<L1>) -> Lbfgs {
    Lbfgs {
        tolerance: 1e-10,
        max_iterations: 1000,
        l1,
    }
}

/// `Σ (1 − a)² + 100 (b − a²)²` over pairs `(a, b)`: a curved valley with its minimum, 0, at ones.
struct Rosenbrock;

impl Objective for Rosenbrock {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let mut value = 0.0;
        for (x, slope) in parameters.chunks_exact(2).zip(gradient.chunks_exact_mut(2)) {
            let (a, b) = (x[0], x[1]);
            value += (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2);
            slope[0] = -2.0 * (1.0 - a) - 400.0 * a * (b - a * a);
            slope[1] = 200.0 * (b - a * a);
        }
        value
    }
}

#[test]
fn the_valley_of_rosenbrock_leads_to_ones() {
    for n_pairs in [1, 5, 3000] {
        let minimum = minimiser(None).minimise(&mut Rosenbrock, [-1.2, 1.0].repeat(n_pairs));
        assert!(minimum.converged);
        assert!(minimum.value < 1e-18);
        assert!(minimum.n_iterations < 100, "{}", minimum.n_iterations);
        assert!(minimum.parameters.iter().all(|x| (x - 1.0).abs() < 1e-8));
    }
}

/// `Σ h_i/2 · (x_i − b_i)²`.
struct Quadratic(Vec<(f64, f64)>);

impl Objective for Quadratic {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        let mut value = 0.0;
        for (i, &(h, b)) in self.0.iter().enumerate() {
            value += 0.5 * h * (parameters[i] - b).powi(2);
            gradient[i] = h * (parameters[i] - b);
        }
        value
    }
}

#[test]
fn the_l1_penalty_thresholds_softly_and_spares_the_last_parameters() {
    let terms = vec![
        (1.0, 3.0),
        (4.0, -2.0),
        (0.5, 1.0),
        (2.0, 0.2),
        (1.0, -0.9),
        (3.0, 0.1),
    ];
    // The minimum of h/2 (x − b)² + λ|x| is sign(b) · max(0, |b| − λ/h).
    //                        3 − 1, −(2 − ¼), 1 < 2, 0.2 < ½, 0.9 < 1, free
    let expected = [2.0, -1.75, 0.0, 0.0, 0.0, 0.1];
    let l1 = L1 {
        strength: 1.0,
        n_penalised: 5,
    };
    // From both sides of the minimum: weights must be able to become zero and to change sign.
    for start in [vec![0.0; 6], vec![5.0; 6], vec![-5.0; 6]] {
        let minimum = minimiser(Some(l1)).minimise(&mut Quadratic(terms.clone()), start);
        assert!(minimum.converged);
        for (x, expected) in minimum.parameters.iter().zip(expected) {
            assert!((x - expected).abs() < 1e-9, "{:?}", minimum.parameters);
            assert_eq!(*x == 0.0, expected == 0.0);
        }
    }
}

#[test]
fn running_out_of_iterations_is_reported() {
    let few = Lbfgs {
        max_iterations: 3,
        ..minimiser(None)
    };
    let minimum = few.minimise(&mut Rosenbrock, vec![-1.2, 1.0]);
    assert!(!minimum.converged);
    assert_eq!(minimum.n_iterations, 3);
    // 24.2 is the value at the start: (1 + 1.2)² + 100 · (1 − 1.44)².
    assert!(minimum.value < 24.2);
}

/// `−x`, which falls for ever.
struct Bottomless;

impl Objective for Bottomless {
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64 {
        gradient[0] = -1.0;
        -parameters[0]
    }
}

#[test]
fn an_objective_without_a_minimum_does_not_run_for_ever() {
    assert!(
        !minimiser(None)
            .minimise(&mut Bottomless, vec![0.0])
            .converged
    );
}

//! Tensors of untrusted files.

use safetensors::tensor::{Dtype, SafeTensors};

/// The bytes of the tensor `name`, if it has the type and shape that are expected of it; otherwise what is wrong, for people.
pub(crate) fn checked_tensor<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
    shape: &[usize],
) -> Result<&'a [u8], String> {
    let tensor = tensors
        .tensor(name)
        .map_err(|_| format!("has no tensor «{name}»"))?;
    if tensor.dtype() != dtype || tensor.shape() != shape {
        return Err(format!(
            "tensor «{name}» is {:?} {:?}, {dtype:?} {shape:?} was expected",
            tensor.dtype(),
            tensor.shape()
        ));
    }
    Ok(tensor.data())
}

#[cfg(test)]
mod tests {
    use safetensors::tensor::{TensorView, serialize};

    use super::*;

    #[test]
    fn a_tensor_of_another_name_type_or_shape_is_refused_in_words() {
        let view = TensorView::new(Dtype::I16, vec![1, 2], &[1, 2, 3, 4]).unwrap();
        let file = serialize([("weights", view)], None).unwrap();
        let tensors = SafeTensors::deserialize(&file).unwrap();
        let read = |name, dtype, shape: &[usize]| checked_tensor(&tensors, name, dtype, shape);
        assert_eq!(read("weights", Dtype::I16, &[1, 2]), Ok(&[1, 2, 3, 4][..]));
        for (result, complaint) in [
            (read("bias", Dtype::I16, &[1, 2]), "has no tensor «bias»"),
            (
                read("weights", Dtype::F32, &[1]),
                "tensor «weights» is I16 [1, 2], F32 [1] was expected",
            ),
            (
                read("weights", Dtype::I16, &[2, 1]),
                "tensor «weights» is I16 [1, 2], I16 [2, 1] was expected",
            ),
        ] {
            assert_eq!(result, Err(complaint.to_owned()));
        }
    }
}

namespace PartnerPortal.Shared;

/// <summary>An expected failure. Slices derive records of their own; a page turns one into a sentence next to the field, the API into a problem.</summary>
public abstract record Error
{
    /// <summary>The field of the request that is at fault, or null when it is none in particular.</summary>
    public virtual string? Field => null;
}

/// <summary>What a use case returns when it has nothing to say but that it worked.</summary>
public readonly record struct Done
{
    public static readonly Done Value;
}

/// <summary>Either a value or an expected failure. Bugs throw instead.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    public Error? Error { get; }

    public bool Ok => Error is null;

    /// <summary>The value. Asking for it after a failure is a bug and throws.</summary>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"There is no value: {Error}");

    public static Result<T> Success(T value) => new(value, null);

    public static Result<T> Failure(Error error) => new(default, error);

    public static implicit operator Result<T>(T value) => Success(value);

    public static implicit operator Result<T>(Error error) => Failure(error);
}

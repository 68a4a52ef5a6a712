using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>A request that cannot be read, thrown where parameters are bound and nothing can be returned yet.</summary>
internal sealed class RefusedException(Refusal refusal, int status) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;

    public int Status { get; } = status;
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A handler asked for the actor, but the credential sent was refused. Carries the status wherever it is caught.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made in one place, always from a refusal.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Others catch it as BadHttpRequestException.")]
internal sealed class RejectedCredentialException(Refusal refusal)
    : BadHttpRequestException(refusal.Message, HttpRefusals.StatusOf(refusal))
{
    internal Refusal Refusal { get; } = refusal;
}

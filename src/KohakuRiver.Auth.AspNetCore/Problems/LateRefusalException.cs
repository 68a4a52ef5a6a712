using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Ends a request that was refused while its body arrived. No <see cref="IOException"/> and no bad request, because the framework's readers
/// make those a fault of the body and MVC goes on to the action: this one passes all of them and is answered in one place.
/// </summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made in one place, always from a refusal.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "Nobody else is to catch it.")]
internal sealed class LateRefusalException(Refusal refusal) : Exception(refusal.Message);

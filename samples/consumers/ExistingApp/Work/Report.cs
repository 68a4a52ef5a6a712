// <snippet:report>
using System.Security.Claims;

namespace Workshop;

/// <summary>A report that somebody has asked for.</summary>
public sealed record Report(string Group, KohakuActor Actor, ClaimsPrincipal User);
// </snippet:report>

using Microsoft.AspNetCore.Identity;

namespace Workshop;

/// <summary>A role of the app's own.</summary>
public sealed class Role : IdentityRole;

using Microsoft.AspNetCore.Identity;

namespace Workshop;

/// <summary>Somebody with an account of the app's own.</summary>
public sealed class User : IdentityUser;

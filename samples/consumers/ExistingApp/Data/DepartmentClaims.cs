// <snippet:own-claims>
using System.Security.Claims;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Workshop;

/// <summary>Tells the app's own code which department somebody of the cluster belongs to.</summary>
public sealed class DepartmentClaims(IActorAccessor actors, WorkshopContext db) : IClaimsTransformation
{
    public const string Department = "department";

    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        // It may run more than once for a request.
        if (principal.HasClaim(c => c.Type == Department) || (await actors.FromAsync(principal)).Id is not { } id)
        {
            return principal;
        }

        var department = await db.Profiles.Where(p => p.UserId == id).Select(p => p.Department).SingleOrDefaultAsync();
        if (department is null)
        {
            return principal;
        }

        // An identity beside the library's. A copy of the library's claims in an identity of one's own would be nobody to it.
        var more = principal.Clone();
        more.AddIdentity(new ClaimsIdentity([new Claim(Department, department)]));
        return more;
    }
}
// </snippet:own-claims>

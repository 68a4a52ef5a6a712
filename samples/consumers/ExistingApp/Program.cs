// <snippet:ask>
using System.Security.Claims;
using KohakuRiver.Auth;
// </snippet:ask>
// <snippet:claims>
using Microsoft.AspNetCore.Authentication;
// </snippet:claims>
using Microsoft.EntityFrameworkCore;
using Workshop;
using Workshop.Setup;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
OwnSchemes.AddServices(builder);
Jwt.AddServices(builder);
Cluster.AddServices(builder);
Frameworks.AddServices(builder);
Proxy.AddServices(builder);
Watching.AddServices(builder);

// <snippet:hosted>
builder.Services.AddHostedService<FirstPeople>();
// </snippet:hosted>

// <snippet:claims>
builder.Services.AddScoped<IClaimsTransformation, DepartmentClaims>();
// </snippet:claims>

// <snippet:ask>
builder.Services.AddSingleton<Reports>();
builder.Services.AddHostedService(services => services.GetRequiredService<Reports>());
// </snippet:ask>

var app = builder.Build();

// <snippet:database>
// Before Run(), when the library makes its own tables: EnsureCreated makes nothing where there are tables already.
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<WorkshopContext>().Database.EnsureCreatedAsync();
}
// </snippet:database>

// <snippet:pipeline>
app.UsePathBase("/shop");
app.UseHttpLogging();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseKohakuAuth();
app.UseAuthorization();
app.UseAntiforgery();
app.MapKohakuAuth();
app.MapKohakuAdminPanel();
// </snippet:pipeline>

OwnSchemes.Map(app);
Jwt.Map(app);
Cluster.Map(app);
Names.Map(app);
Frameworks.Map(app);
Proxy.Map(app);
Watching.Map(app);

// <snippet:ask>
app.MapPost("/reports/{group}", (string group, KohakuActor actor, ClaimsPrincipal user, Reports reports) =>
    reports.TryAsk(new Report(group, actor, user)) ? Results.Accepted() : Results.StatusCode(503))
    .RequirePermission(Permissions.ManageUsers);
// </snippet:ask>
app.MapGet("/reports", (Reports reports) => reports.Done).RequirePermission(Permissions.ManageUsers);

app.MapPost("/profiles/{id:long}/{department}", async (long id, string department, WorkshopContext db) =>
{
    db.Profiles.Add(new Profile { UserId = id, Department = department });
    await db.SaveChangesAsync();
}).RequirePermission(Permissions.ManageUsers);
app.MapGet("/profiles/{department}", (string department, WorkshopContext db) => db.NamesOf(department).AsAsyncEnumerable())
    .RequirePermission(Permissions.ManageUsers);
app.MapPost("/profiles/clean", (WorkshopContext db, CancellationToken cancellationToken) => db.CleanProfilesAsync(cancellationToken))
    .RequirePermission(Permissions.ManageUsers);
app.MapGet("/department", (ClaimsPrincipal user) => user.FindFirstValue(DepartmentClaims.Department) ?? "none")
    .RequirePermission(Permissions.ViewTasks);
app.Run();

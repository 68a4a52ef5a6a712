var builder = WebApplication.CreateBuilder(args);

// What the app had.
builder.Services.AddEndpointsApiExplorer();
builder.Services.AddSwaggerGen();

// What it gets.
builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
    .UseSqlite("Data Source=cluster.db").AddAspNetCore().AddAdminPanel();

var app = builder.Build();
app.UsePathBase("/cluster");
app.UseRouting();
app.UseSwagger();
app.UseSwaggerUI(ui =>
{
    ui.SwaggerEndpoint("v1/swagger.json", "Our own calls");
    ui.SwaggerEndpoint("../docs/people.json", "People");
});
app.UseKohakuAuth();
app.MapKohakuAuth("/people-api");
app.MapKohakuAdminPanel();
app.MapKohakuAuthOpenApi("/docs/people.json").AllowAnonymous();
app.MapGet("/jobs/{id:int}", (int id) => $"Job {id}");
app.Run();

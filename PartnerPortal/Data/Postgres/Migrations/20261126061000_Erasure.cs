using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Postgres.Migrations;

/// <summary>Names of people that are gone may be taken out of rows that are never changed else. Written by hand: the model does not know triggers.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261126061000_Erasure")]
public sealed class ErasureOfNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => Erasure.OnPostgres(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => Erasure.Undo(migrationBuilder, isSqlite: false);
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Sqlite.Migrations;

/// <summary>Names of people that are gone may be taken out of rows that are never changed else. Written by hand: the model does not know triggers.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261126061000_Erasure")]
public sealed class ErasureOfNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => Erasure.OnSqlite(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => Erasure.Undo(migrationBuilder, isSqlite: true);
}

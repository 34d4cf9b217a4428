using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ClientListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.CreateTable(
                name: "ClientTagTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Slot = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientTagTallies", x => new { x.PartnerId, x.Name, x.Slot });
                });

            migrationBuilder.CreateTable(
                name: "ClientTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Slot = table.Column<int>(type: "integer", nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientTallies", x => new { x.PartnerId, x.Status, x.Slot });
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClientTags_Name_RecordId",
                table: "ClientTags",
                columns: new[] { "Name", "RecordId" });

            migrationBuilder.CreateIndex(
                name: "IX_ClientRecords_SearchText",
                table: "ClientRecords",
                column: "SearchText")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            ClientListTriggers.OnPostgres(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "TR_ClientRecords_Tally" ON "ClientRecords"; DROP TRIGGER "TR_ClientRecords_TagsFirst" ON "ClientRecords"; DROP TRIGGER "TR_ClientTags_Tally" ON "ClientTags";
                DROP FUNCTION portal_tally_clients(); DROP FUNCTION portal_tally_client(bigint, text, integer);
                DROP FUNCTION portal_tally_tags(); DROP FUNCTION portal_tally_tag(bigint, text, integer); DROP FUNCTION portal_tags_first();
                """);

            migrationBuilder.DropTable(
                name: "ClientTagTallies");

            migrationBuilder.DropTable(
                name: "ClientTallies");

            migrationBuilder.DropIndex(
                name: "IX_ClientTags_Name_RecordId",
                table: "ClientTags");

            migrationBuilder.DropIndex(
                name: "IX_ClientRecords_SearchText",
                table: "ClientRecords");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");
        }
    }
}
